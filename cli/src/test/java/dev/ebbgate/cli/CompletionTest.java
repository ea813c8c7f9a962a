package dev.ebbgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What a real bash makes of `ebbgate completion`.
class CompletionTest {

    @TempDir private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ebbgate pro | provider",
                "ebbgate provider ve | verify",
                "ebbgate provider verify --ti | --timeout",
                "ebbgate route update --str | --stream-idle"
            })
    void wordThatIsBegun_isCompleted(String typed, String expected) throws Exception {
        assertThat(completed(typed)).contains(expected);
    }

    private List<String> completed(String typed) throws IOException, InterruptedException {
        Path script = Files.writeString(folder.resolve("completion"), Run.of("completion").out());
        String asked =
                """
                source "$1"
                COMP_WORDS=($2)
                COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                $(complete -p ebbgate | sed 's/.*-F \\([^ ]*\\).*/\\1/')
                printf '%s\\n' "${COMPREPLY[@]}"
                """;
        Process bash =
                new ProcessBuilder("bash", "-c", asked, "bash", script.toString(), typed)
                        .redirectErrorStream(true)
                        .start();
        String said = new String(bash.getInputStream().readAllBytes(), UTF_8);
        assertThat(bash.waitFor()).as(said).isZero();
        return said.lines().toList();
    }
}
