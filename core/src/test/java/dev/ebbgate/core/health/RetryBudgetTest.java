package dev.ebbgate.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.limit.Span;

import org.junit.jupiter.api.Test;

/// A fifth of the attempts of the last ten seconds, at least ten.
class RetryBudgetTest {

    private static final long SECOND = Span.ofSeconds(1).nanos();

    private final RetryBudget budget = new RetryBudget();

    @Test
    void aQuietTarget_getsTen() {
        assertThat(chargeUntilSpent(0)).isEqualTo(10);
    }

    @Test
    void aBusyTarget_getsAFifth() {
        for (int i = 0; i < 500; i++) {
            budget.count(i % 10 * SECOND);
        }

        assertThat(chargeUntilSpent(9 * SECOND)).isEqualTo(100);
    }

    @Test
    void afterTenSeconds_whatWasSpentIsForgotten() {
        chargeUntilSpent(0);
        assertThat(budget.charge(9 * SECOND)).isFalse();

        assertThat(chargeUntilSpent(10 * SECOND)).isEqualTo(10);
    }

    @Test
    void aCounterOfLongAgo_isNotTakenForANewOne() {
        for (int i = 0; i < 500; i++) {
            budget.count(0);
        }

        assertThat(chargeUntilSpent(3_000 * SECOND)).isEqualTo(10);
    }

    @Test
    void aClockThatIsALittleBehind_stillSeesTheCounts() {
        chargeUntilSpent(10 * SECOND);

        assertThat(budget.charge(10 * SECOND - 1)).isFalse();
    }

    @Test
    void momentsBelowZero_countLikeOthers() {
        assertThat(chargeUntilSpent(-5 * SECOND)).isEqualTo(10);
        assertThat(budget.charge(4 * SECOND)).isFalse();
        assertThat(budget.charge(5 * SECOND)).isTrue();
    }

    private int chargeUntilSpent(long nowNanos) {
        int charged = 0;
        while (budget.charge(nowNanos)) {
            charged++;
        }
        return charged;
    }
}
