package dev.ebbgate.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.gateway.config.ConfigLoader.Loaded;
import dev.ebbgate.gateway.config.ConfigLoader.Refused;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Random;

/// Whatever happens to a file, the answer is a configuration or a list of well-formed problems,
/// never an exception, and never a secret.
class MutationTest {

    private static final int ROUNDS = 1_000;
    private static final List<String> PIECES =
            List.of(
                    "{",
                    "}",
                    "[",
                    "]",
                    ":",
                    ": ",
                    ",",
                    "\"",
                    "'",
                    "#",
                    "&a ",
                    "*a",
                    "!t ",
                    "|\n",
                    "- ",
                    "\n",
                    "\t",
                    " ",
                    "0",
                    "-1",
                    "off",
                    "null",
                    "~",
                    "${",
                    "${X}",
                    "${X:-y}",
                    "*",
                    "/",
                    "é",
                    "\uD83D\uDE00",
                    "\u0000",
                    "<<: ",
                    "? ",
                    "---\n",
                    "%",
                    "@",
                    "1e9",
                    "99999999999999999999",
                    "5s");

    @ParameterizedTest
    @ValueSource(longs = {1, 20_261_120})
    void mutatedSample_neverThrows(long seed) {
        Random random = new Random(seed);
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String yaml = mutated(random);
            switch (ConfigLoader.parse("e.yaml", yaml, Sample.ENVIRONMENT)) {
                case Loaded(_, List<Problem> warnings) -> assertWellFormed(warnings, yaml);
                case Refused(List<Problem> problems) -> {
                    assertThat(problems).as(yaml).isNotEmpty();
                    assertWellFormed(problems, yaml);
                    refused++;
                }
            }
        }
        assertThat(refused).isBetween(ROUNDS / 4, ROUNDS - 1);
    }

    private static String mutated(Random random) {
        StringBuilder text = new StringBuilder(Sample.YAML);
        for (int i = random.nextInt(4); i >= 0; i--) {
            int from = random.nextInt(text.length());
            int to = Math.min(text.length(), from + random.nextInt(12));
            switch (random.nextInt(3)) {
                case 0 -> text.insert(from, PIECES.get(random.nextInt(PIECES.size())));
                case 1 -> text.delete(from, to);
                default -> text.insert(random.nextInt(text.length()), text.substring(from, to));
            }
        }
        return text.toString();
    }

    private static void assertWellFormed(List<Problem> problems, String yaml) {
        int lines = (int) yaml.lines().count() + 1;
        for (Problem problem : problems) {
            assertThat(problem.text()).as(yaml).contains("; write ").doesNotContain("s3cret");
            assertThat(problem.line()).as(yaml).isBetween(1, lines);
            assertThat(problem.path()).as(yaml).isNotEmpty();
        }
    }
}
