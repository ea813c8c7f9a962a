package dev.ebbgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    @ParameterizedTest
    @ValueSource(strings = {"demo", "serve", "init", "check", "simulate", "warm-up"})
    void everyCommand_hasHelpAndVersion(String command) {
        Run help = Run.of(command, "--help");
        Run version = Run.of(command, "--version");

        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("Usage: ebbgate " + command).contains("Exit codes: 0");
        assertThat(version.code()).isZero();
        assertThat(version.out()).startsWith("ebbgate ").contains("Java 25");
    }

    @Test
    void version_isTheOneOfTheBuild() {
        assertThat(Run.of("--version").out()).matches("ebbgate \\d+\\.\\d+\\.\\d+.*\\R");
    }

    @Test
    void help_listsTheCommandsButNotTheHiddenOne() {
        Run run = Run.of("--help");

        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains("demo", "serve", "init", "check", "simulate", "audit")
                .doesNotContain("warm-up");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reload",
                "provider verify",
                "route list",
                "route get",
                "route set",
                "route update",
                "route reset",
                "route delete",
                "route export"
            })
    void helpOfWhatOperatorsDo_hasExamples(String command) {
        Run help = Run.of((command + " --help").split(" ", -1));

        assertThat(help.code()).isZero();
        assertThat(help.out()).containsPattern("Examples:\\R  ebbgate " + command);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "xyzzyxyzzy",
                "serve --nope",
                "check --config",
                "simulate --port many",
                "top --rows 0"
            })
    void wrongUsage_isTwo(String line) {
        Run run = line.isEmpty() ? Run.of() : Run.of(line.split(" ", -1));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("Usage: ebbgate");
        assertThat(run.out()).isEmpty();
    }
}
