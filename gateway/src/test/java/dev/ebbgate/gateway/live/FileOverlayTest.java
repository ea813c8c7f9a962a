package dev.ebbgate.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebbgate.core.overlay.Overlay;
import dev.ebbgate.core.overlay.OverlayStore.Unavailable;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The overlay's file, and processes that want to change it at the same time.
class FileOverlayTest {

    private static final int EACH = 40;

    @TempDir private Path folder = Path.of("");

    @Test
    void twoProcesses_loseNoChangeOfEachOther() throws Exception {
        Process one = start();
        Process other = start();

        int first = one.waitFor();
        int second = other.waitFor();

        assertThat(first).isZero();
        assertThat(second).isZero();
        assertThat(FileOverlay.in(folder).read().revision()).isEqualTo(2L * EACH);
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"version\": 2, \"revision\": 1, \"entries\": []}', of another version",
        "'{\"revision\": 1, \"entries\": []}',               mend or remove",
        "'{\"version\": 1',                              mend or remove",
        "'',                                            mend or remove",
        "'{\"version\": 1, \"revision\": 1, \"entries\": [{\"section\": \"routes\", \"name\":"
            + " \"a\", \"key\": \"k\", \"vaule\": 1, \"at\": \"2026-01-01T00:00:00Z\"}]}', mend or"
            + " remove",
    })
    void whatThisGatewayDidNotWrite_isNotRead(String text, String said) throws IOException {
        Path file = folder.resolve(".ebbgate").resolve("overlay.yaml");
        Files.createDirectories(folder.resolve(".ebbgate"));
        Files.writeString(file, text);

        assertThatThrownBy(() -> FileOverlay.in(folder).read())
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining(said);
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Changer.class.getName(),
                        folder.toString())
                .inheritIO()
                .start();
    }

    /// A process that makes so many changes, each on top of what stands there.
    static final class Changer {

        private Changer() {}

        public static void main(String[] arguments) throws Unavailable {
            FileOverlay overlay = FileOverlay.in(Path.of(arguments[0]));
            int made = 0;
            while (made < EACH) {
                Overlay seen = overlay.read();
                if (overlay.replace(new Overlay(seen.revision() + 1, seen.entries()))) {
                    made++;
                }
            }
        }
    }
}
