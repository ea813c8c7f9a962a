package dev.ebbgate.core.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.policy.Backoff;
import dev.ebbgate.core.policy.Backoff.Jitter;
import dev.ebbgate.core.tool.RunEvent.Cleaned;
import dev.ebbgate.core.tool.RunEvent.Ended;
import dev.ebbgate.core.tool.RunEvent.Ending;
import dev.ebbgate.core.tool.RunEvent.Plain;
import dev.ebbgate.core.tool.RunEvent.Refused;
import dev.ebbgate.core.tool.RunEvent.Shielded;
import dev.ebbgate.core.tool.RunEvent.Unwanted;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.time.Duration;

/// The laws of a tool run, in virtual time. Grace is 2 s.
class ToolRunTest {

    private static final ToolLimits TEN = ToolLimits.of(Duration.ofSeconds(10));
    private static final RunEvent RETURNED = new Ended(1, Ending.RETURNED);
    private static final RunEvent FAILED = new Ended(1, Ending.FAILED);

    @Test
    void bodyReturns_itIsCompletedThenCleanedThenOver() {
        VirtualRun run = new VirtualRun(TEN).at("1s", Plain.TURN).at("2s", RETURNED);

        run.at("3s", new Cleaned(1));

        assertThat(run.story())
                .containsExactly("1s start 1", "2s settle completed", "2s clean 1", "3s terminate");
        assertThat(run.run.effects()).isEqualTo(Effects.DONE);
    }

    @Test
    @DisplayName("law 1: the first reason wins, the chain is kept")
    void laterReasons_areKeptAndChangeNothing() {
        VirtualRun run = new VirtualRun(TEN).at("0s", Plain.TURN);

        run.at("1s", new Unwanted(CancelReason.CALLER)).at("2s", RETURNED);

        assertThat(run.run.decision()).isEqualTo(new Decision.Cancelled(CancelReason.CALLER));
        assertThat(run.run.chain())
                .containsExactly(
                        new Decision.Cancelled(CancelReason.CALLER), new Decision.Completed());
    }

    @Test
    @DisplayName("laws 2 and 8: decided on time; told, interrupted, forced, abandoned")
    void bodyIgnoresEverything_itIsDecidedOnTimeAndGivenUp() {
        VirtualRun run = new VirtualRun(TEN).at("0s", Plain.TURN);

        run.passTo("1m").at("1m", new Cleaned(1));

        assertThat(run.story().subList(1, 7))
                .containsExactly(
                        "10s settle timed out: total",
                        "10s tell 1",
                        "10s interrupt 1",
                        "12s force 1",
                        "14s abandon 1",
                        "14s clean 1");
        assertThat(run.run.effects()).isEqualTo(Effects.UNKNOWN_STILL_RUNNING);
    }

    @Test
    @DisplayName("law 3: terminated only when body and cleanups have really ended")
    void abandonedBodyEndsAfterAll_thenItIsOver() {
        VirtualRun run = new VirtualRun(TEN).at("0s", Plain.TURN);
        run.at("15s", new Cleaned(1));

        run.at("1h", RETURNED);

        assertThat(run.story()).endsWith("1h terminate");
        assertThat(run.run.effects()).isEqualTo(Effects.STOPPED);
    }

    @Test
    @DisplayName("law 4: the limit that really fired, and its owner")
    void totalBelongsToTheParent_theParentIsNamed() {
        RunPolicy policy =
                new RunPolicy(
                        TEN, "tool t", "tool up", CancelMode.INTERRUPT, RetryPolicy.NONE, 1, false);
        VirtualRun run = new VirtualRun(policy).at("1s", Plain.TURN);

        run.passTo("10s");

        assertThat(run.fired().owner()).isEqualTo("tool up");
        assertThat(run.fired().limit()).isEqualTo(ToolLimit.TOTAL);
        assertThat(run.fired().elapsedNanos()).isEqualTo(Span.ofSeconds(10).nanos());
    }

    @Test
    @DisplayName("law 5 and S9: a signal resets idle, never attempt or total")
    void signals_keepIdleAwayButNotTheAttempt() {
        ToolLimits limits = TEN.withIdle(Duration.ofSeconds(2)).withAttempt(Duration.ofSeconds(5));
        VirtualRun run = new VirtualRun(limits).at("0s", Plain.TURN);

        run.signalAt("1500ms").signalAt("3s").signalAt("4500ms").passTo("5s");

        assertThat(run.fired().limit()).isEqualTo(ToolLimit.ATTEMPT);
        assertThat(run.fired().silentNanos()).isEqualTo(Span.ofMillis(500).nanos());
    }

    @Test
    void bodyFallsSilentAfterASignal_idleFires() {
        VirtualRun run =
                new VirtualRun(
                        TEN.withIdle(Duration.ofSeconds(2)).withFirstSignal(Duration.ofSeconds(5)));
        run.at("0s", Plain.TURN);

        run.signalAt("4s").passTo("6s");

        assertThat(run.story()).contains("6s settle timed out: idle");
    }

    @Test
    void noSignalAtAll_firstSignalFires() {
        VirtualRun run =
                new VirtualRun(
                        TEN.withIdle(Duration.ofSeconds(2)).withFirstSignal(Duration.ofSeconds(5)));

        run.at("1s", Plain.TURN).passTo("6s");

        assertThat(run.story()).contains("6s settle timed out: first-signal");
        assertThat(run.fired().phase()).isEqualTo(RunPhase.FIRST_SIGNAL);
    }

    @Test
    @DisplayName("law 6: no silence is counted while it waits for someone else")
    void bodyWaitsForSomeoneElse_idleStandsStill() {
        VirtualRun run = new VirtualRun(TEN.withIdle(Duration.ofSeconds(2))).at("0s", Plain.TURN);

        run.at("1s", Plain.SUSPENDED).at("7s", Plain.RESUMED).passTo("9s");

        assertThat(run.story()).contains("9s settle timed out: idle");
    }

    @Test
    @DisplayName("law 7: a cleanup that hangs is hurried, then given up; the outcome stands")
    void cleanupHangs_theOutcomeStands() {
        VirtualRun run = new VirtualRun(TEN).at("0s", Plain.TURN).at("1s", RETURNED);

        run.passTo("1m");

        assertThat(run.story())
                .containsExactly(
                        "1ms start 1",
                        "1s settle completed",
                        "1s clean 1",
                        "3s hurry 1",
                        "5s abandon cleanup 1");
    }

    @Test
    void shielded_theLadderWaits() {
        VirtualRun run = new VirtualRun(TEN.withTotal(Duration.ofSeconds(1)));
        run.at("0s", Plain.TURN).at("500ms", new Shielded(atSeconds(20)));

        run.passTo("10s").at("10s", Plain.UNSHIELDED).passTo("12s");

        assertThat(run.story())
                .containsExactly(
                        "1ms start 1",
                        "1s settle timed out: total",
                        "1s tell 1",
                        "10s interrupt 1",
                        "12s force 1");
    }

    private static long atSeconds(long seconds) {
        return VirtualRun.ORIGIN + Span.ofSeconds(seconds).nanos();
    }

    @Test
    @DisplayName("law 9 and S10: a retry has fresh limits, inside total")
    void attemptTimesOut_anotherBeginsWithAFreshLimit() {
        VirtualRun run = retrying(TEN.withAttempt(Duration.ofSeconds(3)), false);
        run.at("0s", Plain.TURN).at("4s", FAILED).at("4s", new Cleaned(1));

        run.at("5s", new Ended(2, Ending.RETURNED)).at("5s", new Cleaned(2));

        assertThat(run.story())
                .containsExactly(
                        "1ms start 1",
                        "3s tell 1",
                        "3s interrupt 1",
                        "4s clean 1",
                        "4s250ms start 2",
                        "5s settle completed",
                        "5s clean 2",
                        "5s terminate");
    }

    @Test
    @DisplayName("law 9: none beside a body that may still be running")
    void earlierBodyMayStillRun_thereIsNoRetry() {
        VirtualRun run =
                retrying(TEN.withAttempt(Duration.ofSeconds(3)), false).at("0s", Plain.TURN);

        run.passTo("9s");

        assertThat(run.story())
                .contains("7s settle timed out: attempt")
                .doesNotContain("7s250ms start 2");
    }

    @Test
    @DisplayName("law 9: unless the tool is declared idempotent")
    void earlierBodyOfAnIdempotentToolStillRuns_aRetryBegins() {
        VirtualRun run =
                retrying(TEN.withAttempt(Duration.ofSeconds(3)), true).at("0s", Plain.TURN);
        run.at("7100ms", new Cleaned(1));

        run.at("8s", new Ended(2, Ending.RETURNED)).at("8s", new Cleaned(2));

        assertThat(run.story()).contains("7s250ms start 2", "8s settle completed");
        assertThat(run.story()).doesNotContain("8s terminate");
    }

    @Test
    @DisplayName("law 9: none that could not end before the deadline")
    void noTimeIsLeft_thereIsNoRetry() {
        VirtualRun run = retrying(TEN, false).at("0s", Plain.TURN);

        run.at("9900ms", FAILED).at("9900ms", new Cleaned(1));

        assertThat(run.story()).endsWith("9s900ms settle failed", "9s900ms terminate");
    }

    @Test
    void cleanupOfAFailedAttemptNeverEnds_theFailureIsDecided() {
        VirtualRun run = retrying(TEN.without(ToolLimit.TOTAL), false).at("0s", Plain.TURN);

        run.at("1s", FAILED).passTo("1m");

        assertThat(run.story()).endsWith("5s abandon cleanup 1", "5s settle failed");
    }

    private static VirtualRun retrying(ToolLimits limits, boolean idempotent) {
        Backoff backoff = new Backoff(Span.ofMillis(250), Span.ofSeconds(8), Jitter.NONE);
        RetryPolicy retry = RetryPolicy.of(3).withBackoff(backoff);
        return new VirtualRun(VirtualRun.policy(limits, retry, idempotent));
    }

    @Test
    void itsTurnNeverComes_queueFiresAndNothingRan() {
        VirtualRun run = new VirtualRun(TEN.withQueue(Duration.ofSeconds(3)));

        run.passTo("4s").at("4s", Plain.TURN);

        assertThat(run.story()).containsExactly("3s settle timed out: queue", "3s terminate");
        assertThat(run.run.effects()).isEqualTo(Effects.NONE);
    }

    @Test
    void refused_itIsRejectedAndOver() {
        VirtualRun run = new VirtualRun(TEN);

        run.at("0s", new Refused(RejectReason.RATE));

        assertThat(run.story()).containsExactly("1ms settle rejected: rate", "1ms terminate");
    }

    @Test
    void softShare_isToldOnce() {
        RunPolicy policy =
                new RunPolicy(TEN, "t", "t", CancelMode.INTERRUPT, RetryPolicy.NONE, 0.8, false);

        VirtualRun run = new VirtualRun(policy).at("0s", Plain.TURN).passTo("9s");

        assertThat(run.story()).containsExactly("1ms start 1", "8s soften");
    }
}
