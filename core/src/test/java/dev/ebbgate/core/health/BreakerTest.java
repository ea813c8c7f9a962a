package dev.ebbgate.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.health.Bulletin.Condition;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.policy.BreakerSettings;

import org.junit.jupiter.api.Test;

import java.util.Objects;

/// What opens a breaker, what closes it, and what it does not listen to.
class BreakerTest {

    /// Close to the wrap of a monotonic clock, which most tests here cross.
    private static final long ORIGIN = Long.MAX_VALUE - Span.ofSeconds(5).nanos();

    private final Breaker breaker = new Breaker(BreakerSettings.DEFAULT, (_, _) -> {});
    private long nowNanos = ORIGIN;

    @Test
    void failuresWithinTheWindow_open() {
        failTimes(4);
        assertThat(breaker.refuses(false, nowNanos)).isFalse();

        failTimes(1);

        assertThat(breaker.refuses(false, nowNanos)).isTrue();
        assertThat(breaker.ask(false, nowNanos)).isNull();
        assertThat(breaker.coolsUntil(nowNanos) - nowNanos).isEqualTo(seconds(10));
    }

    @Test
    void failuresFurtherApartThanTheWindow_doNotOpen() {
        for (int i = 0; i < 20; i++) {
            failTimes(1);
            pass(15);
        }

        assertThat(breaker.condition(nowNanos)).isEqualTo(Condition.CLOSED);
    }

    @Test
    void aSuccessBetween_startsTheCountAfresh() {
        failTimes(4);
        leave().succeeded();

        failTimes(4);

        assertThat(breaker.condition(nowNanos)).isEqualTo(Condition.CLOSED);
    }

    @Test
    void answersThatBreakOffAfterTheirFirstToken_openAsWell() {
        for (int i = 0; i < 5; i++) {
            Leave leave = leave();
            leave.succeeded();
            leave.failed(nowNanos);
        }

        assertThat(breaker.condition(nowNanos)).isEqualTo(Condition.OPEN);
    }

    @Test
    void repeatedReportsOfOneAttempt_countOnce() {
        Leave leave = leave();

        for (int i = 0; i < 9; i++) {
            leave.failed(nowNanos);
            leave.succeeded();
        }

        failTimes(3);
        assertThat(breaker.condition(nowNanos)).isEqualTo(Condition.CLOSED);
        failTimes(1);
        assertThat(breaker.condition(nowNanos)).isEqualTo(Condition.OPEN);
    }

    @Test
    void aCancelledAttempt_countsNeitherWay() {
        failTimes(4);
        Leave cancelled = leave();
        cancelled.close();
        cancelled.failed(nowNanos);
        assertThat(breaker.condition(nowNanos)).isEqualTo(Condition.CLOSED);

        failTimes(1);

        assertThat(breaker.condition(nowNanos)).isEqualTo(Condition.OPEN);
    }

    @Test
    void halfOpen_letsExactlyOneProbeThrough() {
        failTimes(5);
        pass(10);
        assertThat(breaker.condition(nowNanos)).isEqualTo(Condition.HALF_OPEN);

        Leave probe = leave();

        assertThat(probe.kind()).isEqualTo(Leave.Kind.PROBE);
        assertThat(breaker.ask(false, nowNanos)).isNull();
        assertThat(breaker.ask(true, nowNanos)).as("the probe is the last resort").isNull();
        assertThat(breaker.coolsUntil(nowNanos) - nowNanos).isEqualTo(seconds(20));
    }

    @Test
    void aProbeThatEndsWithoutASign_givesItsPlaceBack() {
        failTimes(5);
        pass(10);
        Leave probe = leave();

        probe.close();
        probe.close();

        assertThat(leave().kind()).isEqualTo(Leave.Kind.PROBE);
        assertThat(breaker.ask(false, nowNanos)).isNull();
    }

    @Test
    void failedProbes_doubleTheCooldownUpToItsMaximum() {
        failTimes(5);

        assertThat(cooldownAfterFailedProbe()).isEqualTo(seconds(20));
        assertThat(cooldownAfterFailedProbe()).isEqualTo(seconds(40));
        assertThat(cooldownAfterFailedProbe()).isEqualTo(seconds(80));
        assertThat(cooldownAfterFailedProbe()).isEqualTo(seconds(160));
        assertThat(cooldownAfterFailedProbe()).isEqualTo(seconds(300));
        assertThat(cooldownAfterFailedProbe()).isEqualTo(seconds(300));
    }

    @Test
    void aProbeThatSucceeds_closes() {
        failTimes(5);
        pass(10);

        leave().succeeded();

        assertThat(breaker.condition(nowNanos)).isEqualTo(Condition.CLOSED);
        assertThat(leave().kind()).isEqualTo(Leave.Kind.ORDINARY);
    }

    @Test
    void openedAgainBeforeHealthWasShown_coolsForLonger() {
        failTimes(5);
        pass(10);
        leave().succeeded();
        succeedTimes(3);

        failTimes(5);

        assertThat(breaker.coolsUntil(nowNanos) - nowNanos).isEqualTo(seconds(20));
    }

    @Test
    void asManySuccessesInARowAsFailuresOpen_forgetTheGrowth() {
        failTimes(5);
        cooldownAfterFailedProbe();
        pass(20);
        leave().succeeded();
        succeedTimes(4);

        failTimes(5);

        assertThat(breaker.coolsUntil(nowNanos) - nowNanos).isEqualTo(seconds(10));
    }

    @Test
    void whatBeganBeforeTheBreakerOpened_neitherClosesItNorGrowsIt() {
        Leave early = leave();
        Leave alsoEarly = leave();
        failTimes(5);
        pass(10);
        Leave probe = leave();

        early.succeeded();
        alsoEarly.failed(nowNanos);

        assertThat(breaker.condition(nowNanos)).isEqualTo(Condition.HALF_OPEN);
        assertThat(breaker.ask(false, nowNanos)).as("the probe still holds its place").isNull();
        probe.succeeded();
        assertThat(breaker.condition(nowNanos)).isEqualTo(Condition.CLOSED);
    }

    @Test
    void whatBeganBeforeTheTargetGotWell_isNotHeldAgainstIt() {
        Leave[] early = {leave(), leave(), leave(), leave(), leave()};
        failTimes(5);
        pass(10);
        leave().succeeded();

        for (Leave leave : early) {
            leave.failed(nowNanos);
        }

        assertThat(breaker.condition(nowNanos)).isEqualTo(Condition.CLOSED);
    }

    @Test
    void lastResort_isOneAtATimeWhileOpen_andGrowsNothingWhenItFails() {
        failTimes(5);
        Leave last = Objects.requireNonNull(breaker.ask(true, nowNanos));
        assertThat(last.kind()).isEqualTo(Leave.Kind.LAST_RESORT);
        assertThat(breaker.ask(true, nowNanos)).isNull();

        last.failed(nowNanos);

        assertThat(breaker.ask(true, nowNanos)).isNotNull();
        assertThat(breaker.coolsUntil(nowNanos) - nowNanos).isEqualTo(seconds(10));
    }

    @Test
    void aLastResortThatSucceeds_closes() {
        failTimes(5);

        Objects.requireNonNull(breaker.ask(true, nowNanos)).succeeded();

        assertThat(breaker.condition(nowNanos)).isEqualTo(Condition.CLOSED);
    }

    @Test
    void aProbeWhoseAnswerBreaksOff_countsAsOneFailure() {
        failTimes(5);
        pass(10);
        Leave probe = leave();
        probe.succeeded();

        probe.failed(nowNanos);

        failTimes(3);
        assertThat(breaker.condition(nowNanos)).isEqualTo(Condition.CLOSED);
        failTimes(1);
        assertThat(breaker.condition(nowNanos)).isEqualTo(Condition.OPEN);
    }

    private long cooldownAfterFailedProbe() {
        nowNanos = breaker.coolsUntil(nowNanos);
        leave().failed(nowNanos);
        return breaker.coolsUntil(nowNanos) - nowNanos;
    }

    private void failTimes(int times) {
        for (int i = 0; i < times; i++) {
            leave().failed(nowNanos);
        }
    }

    private void succeedTimes(int times) {
        for (int i = 0; i < times; i++) {
            leave().succeeded();
        }
    }

    private Leave leave() {
        return Objects.requireNonNull(breaker.ask(false, nowNanos));
    }

    private void pass(long seconds) {
        nowNanos += seconds(seconds);
    }

    private static long seconds(long count) {
        return Span.ofSeconds(count).nanos();
    }
}
