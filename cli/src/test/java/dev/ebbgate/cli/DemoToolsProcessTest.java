package dev.ebbgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// `demo tools` as a process.
class DemoToolsProcessTest {

    @TempDir private Path folder = Path.of("");

    @Test
    void demoTools_goesAsToldAndEndsWithZero() throws Exception {
        Path out = folder.resolve("out");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-Dstdout.encoding=UTF-8",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "dev.ebbgate.cli.Main",
                                "demo",
                                "tools",
                                "--once")
                        .redirectOutput(out.toFile())
                        .redirectError(folder.resolve("err").toFile())
                        .start();

        boolean ended = process.waitFor(90, TimeUnit.SECONDS);

        String text = Files.readString(out, StandardCharsets.UTF_8);
        assertThat(ended).isTrue();
        assertThat(process.exitValue()).as(text).isZero();
        assertThat(unwrapped(text))
                .contains("read page 3", "limit idle 2s from tool search", "stuck in ")
                .contains("cleanup: the cursor is closed", "is not running any more")
                .contains("\"tool_call_id\":\"call_1\"", "\"tool_use_id\":\"call_1\"")
                .contains("may still be running", "still running: 1", "still running: 0")
                .doesNotContain("not as told");
        assertThat(text.lines()).allMatch(line -> line.length() <= 110);
    }

    /// A duration that is a digit longer moves the end of the line.
    private static String unwrapped(String text) {
        return text.replaceAll("\\n\\s+│ ", " ");
    }
}
