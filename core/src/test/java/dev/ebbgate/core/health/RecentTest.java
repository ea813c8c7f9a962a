package dev.ebbgate.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.concurrent.atomic.AtomicInteger;

/// A map that names chosen by clients cannot make grow.
class RecentTest {

    private final AtomicInteger made = new AtomicInteger();
    private final Recent<Integer> recent = new Recent<>(10, _ -> made.incrementAndGet());

    @Test
    void aValue_isMadeOnce() {
        assertThat(recent.get("a")).isEqualTo(recent.get("a"));
    }

    @Test
    void anyNumberOfKeys_leavesNoMoreThanTwiceTheBound() {
        for (int i = 0; i < 10_000; i++) {
            recent.get("key " + i);

            assertThat(recent.values().count()).isLessThanOrEqualTo(20);
        }
    }

    @Test
    void whatIsUsedNowAndThen_isKept() {
        int first = recent.get("a");

        for (int i = 0; i < 1_000; i++) {
            recent.get("key " + i);
            if (i % 5 == 0) {
                assertThat(recent.get("a")).isEqualTo(first);
            }
        }
    }

    @Test
    void whatIsNotUsed_isForgotten() {
        int first = recent.get("a");

        for (int i = 0; i < 30; i++) {
            recent.get("key " + i);
        }

        assertThat(recent.get("a")).isNotEqualTo(first);
    }
}
