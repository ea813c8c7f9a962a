package dev.ebbgate.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.health.Places.Waiting;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/// Who gets the next place.
class PlacesTest {

    private final Places places = new Places(2);
    private final List<String> told = new ArrayList<>();

    @Test
    void noMoreThanThereAreEnter() {
        assertThat(places.enter()).isTrue();
        assertThat(places.enter()).isTrue();
        assertThat(places.enter()).isFalse();

        places.leave();

        assertThat(places.enter()).isTrue();
    }

    @Test
    void placesGoToThoseWhoWait_inTheOrderTheyCame() {
        fill();
        Waiting first = line("first");
        Waiting second = line("second");

        places.leave();

        assertThat(told).containsExactly("first");
        assertThat(first.claim()).isTrue();
        assertThat(second.claim()).isFalse();
        assertThat(places.enter()).as("nobody overtakes the queue").isFalse();
    }

    @Test
    void whoLeavesTheQueue_isNotTold() {
        fill();
        Waiting first = line("first");
        line("second");
        first.cancel();

        places.leave();

        assertThat(told).containsExactly("second");
        assertThat(places.waiting()).isZero();
    }

    @Test
    void aPlaceThatWasNotClaimed_goesToTheNext() {
        fill();
        Waiting first = line("first");
        line("second");
        places.leave();

        first.cancel();
        first.cancel();

        assertThat(told).containsExactly("first", "second");
        assertThat(first.claim()).isFalse();
    }

    @Test
    void aClaimedPlace_isNotGivenBackByCancelling() {
        fill();
        Waiting first = line("first");
        places.leave();
        assertThat(first.claim()).isTrue();

        first.cancel();

        assertThat(places.enter()).isFalse();
        assertThat(first.claim()).as("claimed once").isFalse();
    }

    @Test
    void whoListensLate_isToldAtOnce() {
        fill();
        Waiting first = places.line();
        places.leave();

        first.whenTurn(() -> told.add("first"));

        assertThat(told).containsExactly("first");
    }

    @Test
    void aPlaceThatCameFreeBeforeGettingInLine_isTakenAtOnce() {
        places.enter();

        Waiting lucky = line("lucky");

        assertThat(told).containsExactly("lucky");
        assertThat(lucky.claim()).isTrue();
        assertThat(places.enter()).isFalse();
    }

    private void fill() {
        places.enter();
        places.enter();
    }

    private Waiting line(String name) {
        Waiting waiting = places.line();
        waiting.whenTurn(() -> told.add(name));
        return waiting;
    }
}
