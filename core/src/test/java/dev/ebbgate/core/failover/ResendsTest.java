package dev.ebbgate.core.failover;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What is remembered of bodies that were too much for a target.
class ResendsTest {

    private static final byte[] BODY = {1, 2, 3};

    private final Resends resends = new Resends();

    @Test
    @DisplayName("N4 the same body is known again, another one is not")
    void bodyThatWasTooMuch_isKnownAgain() {
        resends.remember(BODY, "a/m", 5);
        resends.remember(BODY, "b/m", 5);

        assertThat(resends.slowFor(BODY.clone(), 6)).containsExactlyInAnyOrder("a/m", "b/m");
        assertThat(resends.slowFor(new byte[] {1, 2, 4}, 6)).isEmpty();
        assertThat(resends.slowFor(new byte[] {1, 2}, 6)).isEmpty();
    }

    @Test
    void memory_ends() {
        resends.remember(BODY, "a/m", 5);

        assertThat(resends.slowFor(BODY, 4 + Resends.MEMORY.nanos())).isNotEmpty();
        assertThat(resends.slowFor(BODY, 5 + Resends.MEMORY.nanos())).isEmpty();
    }

    @Test
    void manyBodies_areNotAllKept() {
        for (int i = 0; i < 20_000; i++) {
            resends.remember(new byte[] {(byte) i, (byte) (i >> 8)}, "a/m", 5);
        }

        assertThat(resends.slowFor(new byte[] {1, 0}, 6)).isEmpty();
        assertThat(resends.slowFor(new byte[] {31, 78}, 6)).containsExactly("a/m");
    }
}
