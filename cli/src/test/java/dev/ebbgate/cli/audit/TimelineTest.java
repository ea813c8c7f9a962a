package dev.ebbgate.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.config.Dialect;
import dev.ebbgate.core.exchange.CancelReason;
import dev.ebbgate.core.exchange.Outcome;
import dev.ebbgate.core.exchange.Waits;
import dev.ebbgate.core.failure.Failure;
import dev.ebbgate.core.ledger.Entry;
import dev.ebbgate.core.limit.Phase;
import dev.ebbgate.core.watch.Expectation;
import dev.ebbgate.ledger.pack.Recorded;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

/// What a timeline marks.
class TimelineTest {

    private static final long SECOND = 1_000_000_000L;

    /// 0.4 s for each thousand tokens.
    private static final Map<String, Expectation> USUAL =
            Map.of("vllm/coder", new Expectation(0.4, 0, 0.1, 100));

    private static final Outcome GOOD = new Outcome.Completed(false);

    private static Recorded withFirstTokenAfter(long seconds) {
        return withFirstTokenAfter(seconds, GOOD, GOOD);
    }

    private static Recorded withFirstTokenAfter(long seconds, Outcome ofAttempt, Outcome outcome) {
        long over = seconds * SECOND + SECOND;
        Waits waits = new Waits(0, 0, 0, 1, seconds * SECOND, SECOND / 10, over);
        return Recorded.of(
                new Entry(
                        "ebb-1",
                        0,
                        new Entry.Asked(
                                "/v1/chat/completions",
                                Dialect.OPENAI,
                                "coder",
                                "coder",
                                true,
                                false,
                                90_000),
                        List.of(
                                new Entry.Tried(
                                        "vllm/coder",
                                        ofAttempt,
                                        Phase.FINISH,
                                        waits,
                                        new Entry.Answered(200, "coder", 20_000, 64, 12_000))),
                        outcome,
                        new Entry.Told(200, false, false, 12_000, 64, 0),
                        new Entry.Client(null, null, null),
                        over));
    }

    @Test
    void firstTokenThatThePromptDoesNotExplain_isMarkedWithWhatIsUsual() {
        List<String> lines = Timeline.lines(withFirstTokenAfter(30), USUAL);

        assertThat(lines)
                .anySatisfy(line ->
                        assertThat(line)
                                .contains("slower than usual: 20000 prompt tokens")
                                .endsWith("take about 8.00s here"))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void firstTokenThatIsUsual_isNotMarked() {
        assertThat(Timeline.lines(withFirstTokenAfter(9), USUAL)).noneMatch(TimelineTest::isMark);
    }

    @Test
    void targetOfWhichNothingIsKnown_isNotMarked() {
        assertThat(Timeline.lines(withFirstTokenAfter(300), Map.of()))
                .noneMatch(TimelineTest::isMark);
    }

    @Test
    void exchangeThatEndedBetweenAttempts_namesNoPhaseOfTheLast() {
        Outcome cancelled = new Outcome.Cancelled(CancelReason.OPERATOR);
        Outcome broken = new Outcome.Failed(new Failure.Reset());

        assertThat(Timeline.lines(withFirstTokenAfter(1, broken, cancelled), USUAL))
                .anyMatch(line -> line.contains("cancelled, operator, before another"));
        assertThat(Timeline.lines(withFirstTokenAfter(1, cancelled, cancelled), USUAL))
                .anyMatch(line -> line.contains("exchange cancelled, operator, in phase"));
    }

    private static boolean isMark(String line) {
        return line.contains("slower");
    }
}
