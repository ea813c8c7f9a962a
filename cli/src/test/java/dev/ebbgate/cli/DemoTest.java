package dev.ebbgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;

/// What the command makes of a tour that went well or did not.
class DemoTest {
    @TempDir private Path folder = Path.of("");
    private final StringWriter out = new StringWriter();

    @Test
    void onceWithASceneThatDidNotGoAsTold_isOne() {
        assertThat(demo(false, "--once")).isEqualTo(1);
    }

    @Test
    void onceWhenAllWentAsTold_isZero_andServesNoLonger() {
        assertThat(demo(true, "--once")).isZero();
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void withoutOnce_goesOnServing_andSaysHowToTryItAndToStop() {
        assertThat(demo(true)).isZero();
        assertThat(out.toString())
                .contains("curl -N http://127.0.0.1:", "/v1/chat/completions", "Ctrl-C stops");
        assertThat(out.toString().lines()).allMatch(line -> line.length() <= 80);
    }

    /// A demo whose show is over at once, in a world where the signal to stop comes at once.
    private int demo(boolean asTold, String... arguments) {
        World world =
                new World(
                        Map.of(),
                        folder,
                        (_, _) -> {
                            throw new AssertionError("the demo opens its own");
                        },
                        shutdown -> shutdown.onSignal(2));
        return new CommandLine(new Demo(world, (_, _) -> asTold))
                .setOut(new PrintWriter(out, true))
                .execute(arguments);
    }
}
