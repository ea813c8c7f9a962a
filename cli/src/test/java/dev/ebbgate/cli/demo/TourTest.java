package dev.ebbgate.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.ledger.Ledger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The tour over real sockets, with short limits. The scenes wait side by side.
@Execution(ExecutionMode.CONCURRENT)
class TourTest {
    private final StringWriter printed = new StringWriter();
    private final Terminal terminal =
            new Terminal(new PrintWriter(printed, true), false, false, true);

    @Test
    void everyScene_goesAsTold() {
        boolean asTold;
        try (Theatre theatre = Theatre.open(Tempo.QUICK, Ledger.NONE)) {
            asTold = Tour.to(terminal).play(theatre);
        }

        assertThat(asTold).as(printed.toString()).isTrue();
        assertThat(printed.toString())
                .contains("provider stopped unexpectedly: no byte for 1.")
                .contains("provider did not respond: no token for 1.")
                .contains("limit no-progress 2s from routes.eager.timeouts.no-progress")
                .contains("All 8 scenes went as told.");
        assertThat(printed.toString().lines()).allMatch(line -> line.length() <= 80);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenes")
    void healthyProviders_makeEverySceneFail(String name, Scene scene) {
        boolean asTold;
        try (Theatre theatre = Theatre.open(Tempo.QUICK, Cast.healthy(), Ledger.NONE)) {
            asTold = new Tour(List.of(scene), terminal).play(theatre);
        }

        assertThat(asTold).isFalse();
        assertThat(printed.toString()).contains(name + " did not go as told: ");
    }

    static Stream<Object[]> scenes() {
        return Tour.scenes().stream().map(scene -> new Object[] {scene.name(), scene});
    }

    @Test
    void gatewayThatIsGone_isSaid_andFails() {
        Theatre theatre = Theatre.open(Tempo.QUICK, Ledger.NONE);
        theatre.close();

        boolean asTold = new Tour(List.of(EndsOnTime.STALL), terminal).play(theatre);

        assertThat(asTold).isFalse();
        assertThat(printed.toString()).contains("stall did not go as told: ").contains("no error");
    }

    @Test
    void sceneThatThrows_isSaid_andTheOthersArePlayed() {
        Scene broken =
                new Told(
                        "broken",
                        () -> {
                            throw new IllegalStateException("out of order");
                        });
        Scene fine =
                new Told("fine", () -> new SceneResult("fine", "a", "b", "c", "d", "e", List.of()));

        boolean asTold;
        try (Theatre theatre = Theatre.open(Tempo.QUICK, Ledger.NONE)) {
            asTold = new Tour(List.of(broken, fine), terminal).play(theatre);
        }

        assertThat(asTold).isFalse();
        assertThat(printed.toString())
                .contains("broken did not go as told: the scene itself failed")
                .contains("out of order")
                .contains("✓ fine");
    }

    private record Told(String name, Supplier<SceneResult> result) implements Scene {
        @Override
        public String title() {
            return name;
        }

        @Override
        public String told(Theatre theatre) {
            return "";
        }

        @Override
        public SceneResult play(Theatre theatre, Narrator narrator) {
            return result.get();
        }
    }
}
