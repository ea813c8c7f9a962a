package dev.ebbgate.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.event.Event;
import dev.ebbgate.core.overlay.Overlay;
import dev.ebbgate.core.overlay.OverlayEntry;
import dev.ebbgate.core.overlay.OverlayKey;
import dev.ebbgate.core.overlay.OverlayKey.Section;
import dev.ebbgate.core.overlay.OverlayStore;
import dev.ebbgate.gateway.config.ConfigSource;
import dev.ebbgate.gateway.config.Layered;
import dev.ebbgate.gateway.config.Layering;
import dev.ebbgate.gateway.site.Site;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What another gateway keeps in the overlay, taken over or refused.
class SteeringTest {

    private static final Path CA = Path.of("src/test/resources/ca.pem");

    @TempDir private Path folder = Path.of("");
    private final List<Event> told = new ArrayList<>();
    private final Kept kept = new Kept();
    private Site site;
    private Path ca = Path.of("");
    private Path file = Path.of("");
    private Steering steering;

    /// An overlay that somebody else may change.
    private static final class Kept implements OverlayStore {
        private Overlay overlay = Overlay.EMPTY;

        void change(String streamIdle) {
            OverlayKey key = new OverlayKey(Section.ROUTES, "coder", "timeouts.stream-idle");
            OverlayEntry entry = new OverlayEntry(key, '"' + streamIdle + '"', 1);
            overlay = overlay.succeededBy(overlay.with(entry));
        }

        @Override
        public String place() {
            return "a test";
        }

        @Override
        public Overlay read() {
            return overlay;
        }

        @Override
        public boolean replace(Overlay next) {
            overlay = next;
            return true;
        }
    }

    @BeforeEach
    void open() throws IOException {
        ca = Files.copy(CA, folder.resolve("ca.pem"));
        site = Site.open(Site.PROVIDERS);
        file = folder.resolve("ebbgate.yaml");
        write("1h");
        ConfigSource source = ConfigSource.of(file, Map.of());
        steering = new Steering(site.gateway(), source, kept, layered(source), told::add);
    }

    private void write(String request) throws IOException {
        Files.writeString(
                file,
                """
                version: 1
                listen: {port: 0}
                admin: off
                providers: {own: {dialect: openai, base-url: "https://127.0.0.1:9/v1", ca-file: "%s"}}
                routes: {coder: {targets: [own/m], timeouts: {request: %s}}}
                """
                        .formatted(ca, request));
    }

    @AfterEach
    void close() {
        steering.close();
        site.close();
    }

    private static Layered layered(ConfigSource source) {
        return switch (source.load(Overlay.EMPTY)) {
            case Layering.Together(Layered layered) -> layered;
            case Layering.Bad(var problems) -> throw new AssertionError(problems.toString());
        };
    }

    private List<String> told() {
        return told.stream()
                .map(event -> (Event.Configured) event)
                .map(event -> event.how() + " " + event.by() + " " + event.details())
                .toList();
    }

    @Test
    void changeElsewhere_isTakenOverAndTold() throws Exception {
        kept.change("7m");

        steering.follow();
        steering.follow();

        assertThat(steering.now().overlay().revision()).isEqualTo(1);
        assertThat(told()).hasSize(1);
        assertThat(told().getFirst())
                .startsWith("CHANGED another gateway")
                .contains("routes.coder.timeouts.stream-idle");
    }

    @Test
    void nothingChangedElsewhere_isNotTold() throws Exception {
        kept.overlay = new Overlay(4, List.of());

        steering.follow();

        assertThat(steering.now().overlay().revision()).isEqualTo(4);
        assertThat(told).isEmpty();
    }

    @Test
    void changeElsewhereThatCannotHold_isToldOnceAndTakenOverWhenItCan() throws Exception {
        kept.change("7m");
        Files.delete(ca);

        for (int i = 0; i < 3; i++) {
            steering.follow();
        }

        assertThat(steering.now().overlay().revision()).as("the one before").isZero();
        assertThat(told()).hasSize(1);
        assertThat(told().getFirst())
                .startsWith("REFUSED another gateway")
                .contains("ca-file: there is no such file");

        Files.copy(CA, ca);
        steering.follow();

        assertThat(steering.now().overlay().revision()).isEqualTo(1);
        assertThat(told()).hasSize(2);
        assertThat(told().getLast()).startsWith("CHANGED another gateway");
    }

    @Test
    void fileThatWasReadOnDemand_isNotReadAgainByTheWatch() throws Exception {
        Watch watch = new Watch(steering);
        watch.look();
        write("never");

        steering.reload("SIGHUP");
        for (int i = 0; i < 3; i++) {
            watch.look();
        }

        assertThat(told()).hasSize(1);
        assertThat(told().getFirst()).startsWith("REFUSED SIGHUP");
    }

    @Test
    void fileThatChangesOnceMoreInTheSameTick_isReadAgain() throws Exception {
        Watch watch = new Watch(steering);
        write("2h");
        FileTime tick = Files.getLastModifiedTime(file);
        steering.reload("SIGHUP");

        write("3h");
        Files.setLastModifiedTime(file, tick);
        for (int i = 0; i < 3; i++) {
            watch.look();
        }

        assertThat(told()).hasSize(2);
        assertThat(told().getLast()).startsWith("RELOADED file");
    }

    @Test
    void fileThatIsStillWrittenTo_isLeftUntilItIsQuiet() throws Exception {
        Watch watch = new Watch(steering);
        for (int minutes = 1; minutes <= 3; minutes++) {
            write("1h" + "0".repeat(minutes) + "m");
            watch.look();
        }

        assertThat(told).isEmpty();
        watch.look();
        assertThat(told()).hasSize(1);
    }
}
