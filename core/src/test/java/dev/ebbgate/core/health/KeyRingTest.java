package dev.ebbgate.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.limit.Span;

import org.junit.jupiter.api.Test;

/// Which key is used, which one rests, and for how long.
class KeyRingTest {

    private static final long MINUTE = Span.ofSeconds(60).nanos();

    private final KeyRing ring = new KeyRing(3, (_, _, _) -> {});

    @Test
    void whileAllAreWell_theFirstIsUsed() {
        assertThat(ring.next(0)).isZero();
        assertThat(ring.hasOther(0, 0)).isTrue();
    }

    @Test
    void aRefusedKey_restsForAMinute() {
        assertThat(ring.refused(0, 0)).isTrue();

        assertThat(ring.next(MINUTE - 1)).isEqualTo(1);
        assertThat(ring.next(MINUTE)).isZero();
    }

    @Test
    void refusedAgainAndAgain_restsTwiceAsLongUpToAnHour() {
        long now = 0;
        for (long minutes : new long[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            ring.refused(0, now);
            assertThat(ring.next(now + minutes * MINUTE - 1)).isEqualTo(1);
            now += minutes * MINUTE;
            assertThat(ring.next(now)).as("after %d minutes", minutes).isZero();
        }
    }

    @Test
    void refusalsOfAttemptsThatWereUnderWayTogether_countOnce() {
        ring.refused(0, 0);
        ring.refused(0, 1);
        ring.refused(0, 2);

        assertThat(ring.next(MINUTE)).isZero();
    }

    @Test
    void theLastUsableKey_isNeverTakenOut() {
        assertThat(ring.refused(0, 0)).isTrue();
        assertThat(ring.refused(1, 0)).isTrue();

        assertThat(ring.refused(2, 0)).isFalse();
        assertThat(ring.limited(2, 5 * MINUTE, 0)).isFalse();

        assertThat(ring.next(1)).isEqualTo(2);
        assertThat(ring.hasOther(2, 1)).isFalse();
        assertThat(ring.hasOther(2, MINUTE)).isTrue();
    }

    @Test
    void success_clearsARefusedKey() {
        ring.refused(0, 0);
        ring.accepted(0, MINUTE);

        ring.refused(0, 2 * MINUTE);

        assertThat(ring.next(3 * MINUTE)).as("a minute again, not two").isZero();
    }

    @Test
    void successOfAnAttemptThatBeganBeforeTheRefusal_clearsNothing() {
        ring.refused(0, MINUTE);

        ring.accepted(0, MINUTE - 1);

        assertThat(ring.next(MINUTE)).isEqualTo(1);
    }

    @Test
    void aLimitedKey_restsUntilThen_andNoLongerByAnEarlierMoment() {
        ring.limited(0, 5 * MINUTE, 0);
        ring.limited(0, 3 * MINUTE, 0);

        assertThat(ring.next(5 * MINUTE - 1)).isEqualTo(1);
        assertThat(ring.next(5 * MINUTE)).isZero();
    }

    @Test
    void aLimit_isNoRefusal() {
        ring.limited(0, MINUTE, 0);

        ring.refused(0, MINUTE);

        assertThat(ring.next(2 * MINUTE)).isZero();
    }

    @Test
    void keysThatClientsBring_areNotKept() {
        KeyRing clients = new KeyRing(0, (_, _, _) -> {});

        assertThat(clients.refused(0, 0)).isFalse();
        assertThat(clients.next(0)).isZero();
        assertThat(clients.hasOther(0, 0)).isFalse();
    }
}
