package dev.ebbgate.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.simulation.Story.Told;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The stories reach their goals.
class SimulationTest {

    private static final long SEED = 1;

    @Test
    @DisplayName("C1 a hung provider costs the first few their patience, then nobody anything")
    void blackHole() {
        Told told = Stories.BLACK_HOLE.tell(SEED);

        assertAllAnswered(told);
        assertThat(told.report().firstToken().nanos(0.5)).isLessThan(seconds(2));
        assertThat(told.report().firstToken().nanos(1)).isLessThan(seconds(183));
        assertThat(told.watch().mostOnTrial()).as("probes at once").isEqualTo(1);
        assertThat(told.watch().lastOpenNanos()).as("back").isLessThan(seconds(600 + 300));
    }

    @Test
    @DisplayName("N4, O a slow healthy provider is neither killed nor asked again")
    void slowPrefill() {
        Told told = Stories.SLOW_PREFILL.tell(SEED);

        assertAllAnswered(told);
        assertThat(told.report().falseKills()).isZero();
        assertThat(told.report().asked("primary")).isEqualTo(told.report().requests());
        assertThat(told.watch().openings()).isZero();
    }

    @Test
    @DisplayName("C2 a storm is not noticed, and the stormy provider is spared")
    void storm() {
        Told told = Stories.STORM.tell(SEED);

        assertAllAnswered(told);
        assertThat(told.report().firstToken().nanos(1)).isLessThan(seconds(3));
        assertThat(told.watch().trials()).as("asked while ill").isLessThan(8);
        assertThat(told.watch().mostOnTrial()).isEqualTo(1);
        assertThat(told.watch().lastOpenNanos()).isLessThan(seconds(180 + 80));
    }

    @Test
    void driftingTail_isWaitedFor() {
        Told told = Stories.DRIFT.tell(SEED);

        assertAllAnswered(told);
        assertThat(told.watch().openings()).isZero();
        assertThat(told.report().falseKills()).isLessThan(told.report().requests() / 50);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void flapping_isUsedAgainWithinThirtySeconds_andProbedOneAtATime(long seed) {
        Told told = Stories.FLAPPING.tell(seed);

        assertAllAnswered(told);
        assertThat(told.watch().openings()).isPositive();
        assertThat(told.watch().mostOnTrial()).isEqualTo(1);
        assertThat(told.watch().lastOpenNanos()).isLessThan(seconds(60 + 30));
    }

    @Test
    @DisplayName("C2 with two targets down the third answers everybody, however slow")
    void twoDownThirdSlow() {
        Told told = Stories.THIRD_IS_SLOW.tell(SEED);

        assertAllAnswered(told);
        assertThat(told.report().firstToken().nanos(1)).isLessThan(seconds(72));
        assertThat(told.report().asked("primary")).isLessThan(told.report().requests() / 10);
    }

    @Test
    void contention_isBorneWithMaxInFlight() {
        Told crowded = Stories.CROWDED.tell(SEED);
        Told queued = Stories.QUEUED.tell(SEED);

        assertThat(crowded.report().answered()).isLessThan(crowded.report().requests() * 2L / 3);
        assertThat(queued.report().answered()).isGreaterThan(queued.report().requests() * 9L / 10);
        assertThat(queued.report().mostInHand()).isEqualTo(4);
    }

    @Test
    @DisplayName("O, N one timeout either kills the slow or waits for the dead; phases do neither")
    void mix() {
        Report phases = Mix.play(Mix.OURS, SEED);
        Report hasty = Mix.play(Mix.oneTimeout(30), SEED);
        Report medium = Mix.play(Mix.oneTimeout(120), SEED);
        Report patient = Mix.play(Mix.oneTimeout(600), SEED);

        assertThat(phases.falseKills() * 2).isLessThan(medium.falseKills());
        assertThat(phases.falseKills() * 5).isLessThan(hasty.falseKills());
        assertThat(phases.untilFallback().nanos(1) * 3)
                .isLessThan(patient.untilFallback().nanos(1));
        assertThat(phases.answered())
                .isGreaterThanOrEqualTo(patient.answered())
                .isGreaterThan(medium.answered());
    }

    private static void assertAllAnswered(Told told) {
        assertThat(told.report().answered()).isEqualTo(told.report().requests());
    }

    private static long seconds(long count) {
        return Span.ofSeconds(count).nanos();
    }
}
