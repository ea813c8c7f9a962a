package dev.ebbgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import picocli.CommandLine;

import java.util.List;

class CommandsTest {
    private static List<String> names(String... args) {
        return Commands.of(World.real(), args).stream().map(CommandLine::getCommandName).toList();
    }

    static List<String> othersThanCompletion() {
        return names().stream().filter(name -> !name.equals("completion")).toList();
    }

    @ParameterizedTest
    @MethodSource("othersThanCompletion")
    void namedCommand_isTheOnlyOneThatIsRead(String name) {
        assertThat(names(name, "--help")).containsExactly(name);
        assertThat(Run.of(name, "--help").out()).contains("Usage: ebbgate " + name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "completion", "inference", "serv"})
    void whatAsksForOthersToo_readsAll(String first) {
        assertThat(names(first)).contains("serve", "route", "warm-up").isEqualTo(names());
    }
}
