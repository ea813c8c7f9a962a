package dev.ebbgate.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.Phase;
import dev.ebbgate.core.limit.ResolvedLimit;
import dev.ebbgate.core.limit.Span;

import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;

class NarratorTest {
    private static final ResolvedLimit IDLE =
            new ResolvedLimit(Limit.STREAM_IDLE, Span.ofSeconds(3), "timeouts.stream-idle");
    private static final SceneResult GOOD =
            new SceneResult("stall", "error", "error", "3.01s", "limit", "It ended.", List.of());
    private static final SceneResult BAD =
            new SceneResult(
                    "stall", "nothing", "error", "-", "limit", "It ended.", List.of("no", "none"));

    private final StringWriter printed = new StringWriter();

    @Test
    void plainOutput_hasNoControlCharacters() {
        narrate(terminal(false, false));

        assertThat(printed.toString()).contains("✓ It ended.").doesNotContain("\u001b", "\r");
    }

    @Test
    void terminal_isDrawnOver_inColour() {
        narrate(terminal(true, true));

        assertThat(printed.toString()).contains("\r\u001b[K").contains("\u001b[32m");
    }

    /// As Ctrl-C does in the middle of a scene.
    @Test
    void endInTheMiddle_leavesNoHalfDrawnLine() {
        try (Narrator narrator = new Narrator(terminal(true, false))) {
            narrator.asked("asks", new Wait(Phase.STREAM, IDLE, System.nanoTime()));
            narrator.draw();

            narrator.rest();
            narrator.draw();

            assertThat(printed.toString()).contains("stream-idle").endsWith("\r\u001b[K");
        }
    }

    @Test
    void noColor_leavesOnlyTheMovingLine() {
        Map<String, String> environment = Map.of("TERM", "xterm", "NO_COLOR", "1");

        Terminal terminal = Terminal.of(new PrintWriter(printed), environment, true);

        assertThat(terminal.live()).isTrue();
        assertThat(terminal.colour()).isFalse();
    }

    @Test
    void dumbTerminal_isNotDrawnOver() {
        Terminal terminal = Terminal.of(new PrintWriter(printed), Map.of("TERM", "dumb"), true);

        assertThat(terminal.live()).isFalse();
        assertThat(terminal.colour()).isFalse();
    }

    @Test
    void wait_tellsPhaseElapsedAndLimit() {
        Wait wait = new Wait(Phase.STREAM, IDLE, 0);

        assertThat(wait.text(1_230_000_000L)).isEqualTo("phase stream: stream-idle 1.2s of 3s");
    }

    @Test
    void summary_tellsWhatDidNotGoAsTold() {
        List<String> lines = Summary.lines(List.of(GOOD, BAD), terminal(false, false));

        assertThat(lines)
                .anyMatch(line -> line.startsWith(" ✓ stall"))
                .anyMatch(line -> line.startsWith(" ✗ stall"))
                .contains("stall did not go as told: no; none")
                .noneMatch(line -> line.contains("went as told"));
    }

    @Test
    void longLine_isBrokenAtBlanks() {
        assertThat(Text.wrap("a bb cccccc d", 5)).containsExactly("a bb", "cccccc", "d");
    }

    private void narrate(Terminal terminal) {
        try (Narrator narrator = new Narrator(terminal)) {
            narrator.title(1, "A stall", "What is going to happen.");
            narrator.asked("asks", new Wait(Phase.STREAM, IDLE, System.nanoTime()));
            narrator.saw("head: status 200", null);
            narrator.quote("provider stopped unexpectedly");
            narrator.verdict(GOOD);
        }
    }

    private Terminal terminal(boolean live, boolean colour) {
        return new Terminal(new PrintWriter(printed, true), live, colour, true);
    }
}
