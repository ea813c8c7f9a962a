package dev.ebbgate.core.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.event.Event;
import dev.ebbgate.core.limit.Span;

import org.junit.jupiter.api.Test;

import java.util.List;

/// Which calls are held against which cliff.
class CliffWatchesTest {

    private static final long MINUTE = 60_000;

    private final CliffWatches watches = new CliffWatches();

    CliffWatchesTest() {
        watches.follow(Configs.routes(Span.ofSeconds(660), "coder", "other"));
    }

    @Test
    void aCall_isHeldAgainstItsRoutesCliff() {
        watches.add("coder", seconds(500), null, 0);

        List<Event> told = watches.look(MINUTE);

        assertThat(told).hasSize(1);
        Event.Tail tail = ((Event.CliffNear) told.getFirst()).tail();
        assertThat(tail.route()).isEqualTo("coder");
        assertThat(tail.maxPercent()).isEqualTo(75);
    }

    @Test
    void aClientThatSendsItsOwnDeadline_isHeldAgainstThat() {
        watches.add("coder", seconds(60), Span.ofSeconds(70), 0);
        watches.add("other", seconds(500), Span.ofSeconds(3600), 0);

        List<Event> told = watches.look(MINUTE);

        assertThat(told).hasSize(1);
        assertThat(((Event.CliffNear) told.getFirst()).tail().maxPercent()).isEqualTo(85);
    }

    @Test
    void withoutAnyCliff_nothingIsNear() {
        watches.follow(Configs.routes(Span.OFF, "coder", "other"));
        watches.add("coder", seconds(5_000), null, 0);
        watches.add(null, seconds(5_000), Span.ofSeconds(1), 0);
        watches.add("unknown", seconds(5_000), Span.ofSeconds(1), 0);

        assertThat(watches.look(MINUTE)).isEmpty();
    }

    @Test
    void whateverTheTimesOfLooking_oneLookPerMinuteCounts() {
        watches.add("coder", seconds(500), null, 0);

        assertThat(watches.look(MINUTE)).hasSize(1);
        assertThat(watches.look(MINUTE + 1)).isEmpty();
        assertThat(watches.look(2 * MINUTE)).isEmpty();
    }

    private static long seconds(long seconds) {
        return Span.ofSeconds(seconds).nanos();
    }
}
