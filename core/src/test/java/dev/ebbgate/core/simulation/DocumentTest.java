package dev.ebbgate.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `docs/simulation.md` holds the figures of the code beside it: a change of behaviour is a
/// difference to be read, and committed if it is meant.
class DocumentTest {

    private static final String COMMAND =
            "./mvnw -q -pl core test -Dtest=DocumentTest -Dsimulation=rewrite";

    private static final Path DOCUMENT =
            Path.of(System.getProperty("ebbgate.root", ".."), "docs", "simulation.md");

    private static final String HEAD =
            """
            # Simulation

            Written by `DocumentTest`; do not edit. When behaviour changes, the test fails and this
            rewrites the page:

                COMMAND

            The real machines (`Exchange`, failover, breakers, budgets, queues) run in virtual time
            over servers that misbehave, with the default settings and one seed. Nothing is measured:
            the same code gives the same figures on every machine. After an idea of Palantir
            Dialogue's.

            ## Stories

            """;

    private static final String STORY_COLUMNS =
            """

            | story | requests | answered | first token p50 / p99 / max | asked another | \
            until then p50 / p99 / max | false kills | opened | trials / at once | last open |
            |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|
            """;

    private static final String READING =
            """

            *Asked another*: requests for which more than one server was asked, and how long after
            their arrival. *False kills*: attempts that a limit ended although a good answer was on
            its way. *Opened*: how often the primary's breaker opened. *Trials / at once*: attempts at
            the primary while its breaker was not closed, and the most that were under way together.
            *Last open*: when an attempt last found it so, since the beginning of the story.

            ## Slow or dead

            A labelled mix: for each of about 3,000 requests it is known beforehand whether a good answer
            was on its way. Prompts of 1 to 600 thousand tokens, spread evenly over the orders of
            magnitude. Seven of ten meet a primary as slow as a measured one (`prefill.csv`, 0.36 s per
            thousand tokens and more for long prompts); 15 % a black hole, 7 % a stream that falls
            silent for good, 8 % one that pauses for 60 to 100 s and goes on. The second server is
            healthy and twice as fast. No breakers: this compares limits alone; behind each of them the
            same failover asks the second server. What falls silent after its first token is lost to
            the client under any rules (`mid-stream: error`).

            | rules | false kills | of the living | dead until known p50 / p99 / max | \
            until fallback p50 / p99 / max | first token p50 / p99 / max | answered |
            |---|--:|--:|--:|--:|--:|--:|
            """;

    @Test
    void theFigures_areThoseCommitted() throws IOException {
        String text = text();
        if ("rewrite".equals(System.getProperty("simulation"))) {
            Files.writeString(DOCUMENT, text);
        }

        String committed = Files.exists(DOCUMENT) ? Files.readString(DOCUMENT) : "";
        assertThat(difference(committed, text))
                .as("behaviour has changed; if that is meant: " + COMMAND)
                .isEmpty();
        assertThat(committed).isEqualTo(text);
    }

    /// The lines that only one of them has.
    private static List<String> difference(String committed, String actual) {
        List<String> before = committed.lines().toList();
        List<String> after = actual.lines().toList();
        List<String> difference = new ArrayList<>();
        before.stream()
                .filter(line -> !after.contains(line))
                .forEach(l -> difference.add("- " + l));
        after.stream()
                .filter(line -> !before.contains(line))
                .forEach(l -> difference.add("+ " + l));
        return difference;
    }

    private static String text() {
        StringBuilder text = new StringBuilder(HEAD.replace("COMMAND", COMMAND));
        for (Story story : Stories.ALL) {
            text.append("- **")
                    .append(story.name())
                    .append("**: ")
                    .append(story.goal())
                    .append('\n');
        }
        text.append(STORY_COLUMNS);
        Stories.ALL.forEach(story -> text.append(story.tell(1).row()).append('\n'));
        text.append(READING);
        for (String name : Mix.rules().keySet()) {
            text.append(Mix.row(name, Mix.play(name, 1))).append('\n');
        }
        return text.toString();
    }
}
