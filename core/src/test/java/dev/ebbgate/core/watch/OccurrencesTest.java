package dev.ebbgate.core.watch;

import static dev.ebbgate.core.watch.Entries.COMPLETED;
import static dev.ebbgate.core.watch.Entries.CROWDED;
import static dev.ebbgate.core.watch.Entries.DRAINED;
import static dev.ebbgate.core.watch.Entries.RESET;
import static dev.ebbgate.core.watch.Entries.STALLED;
import static dev.ebbgate.core.watch.Entries.SUPERSEDED;
import static dev.ebbgate.core.watch.Entries.entry;
import static dev.ebbgate.core.watch.Entries.timedOut;
import static dev.ebbgate.core.watch.Entries.tried;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.event.Event;
import dev.ebbgate.core.event.Event.FailedOver;
import dev.ebbgate.core.event.Event.LimitFired;
import dev.ebbgate.core.exchange.Outcome;
import dev.ebbgate.core.limit.Expiry;
import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.Phase;
import dev.ebbgate.core.limit.Span;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Objects;

/// Which events an exchange's entry shows.
class OccurrencesTest {

    private static final Event.Origin ORIGIN = new Event.Origin("x1", "coder", "nightly");
    private static final Outcome IDLE = timedOut(Limit.STREAM_IDLE, Phase.STREAM, 300);
    private static final Outcome SILENT = timedOut(Limit.FIRST_TOKEN, Phase.FIRST_TOKEN, 20);

    @Test
    void anAnswer_isNoEvent() {
        assertThat(Occurrences.of(entry(9, tried("a/m", COMPLETED, 0, 5)))).isEmpty();
    }

    @Test
    @DisplayName("O5 a stream that a limit truncated is told with the limit, its value and source")
    void aTruncatedStream_carriesTheResolvedLimit() {
        List<Event> events = Occurrences.of(entry(17, tried("a/m", IDLE, 0, 300)));

        assertThat(events).containsExactly(new LimitFired(ORIGIN, "a/m", fired(IDLE), true));
        Expiry fired = ((LimitFired) events.getFirst()).expiry();
        assertThat(fired.value()).isEqualTo(Span.ofSeconds(300));
        assertThat(fired.source()).isEqualTo("routes.coder.timeouts.stream-idle");
    }

    @Test
    void aSilentTargetThatIsLeftForTheNext_isALimitAndAFailover() {
        List<Event> events =
                Occurrences.of(
                        entry(9, tried("a/m", SILENT, 0, 20), tried("b/m", COMPLETED, 20, 25)));

        assertThat(events)
                .containsExactly(
                        new LimitFired(ORIGIN, "a/m", fired(SILENT), false),
                        new FailedOver(ORIGIN, "a/m", "first-token", "b/m"));
    }

    @Test
    void aClientThatReadsNothing_hasItsStreamTruncatedByClientStall() {
        List<Event> events = Occurrences.of(entry(5, tried("a/m", STALLED, 0, 300)));

        assertThat(events).containsExactly(new LimitFired(ORIGIN, "a/m", fired(STALLED), true));
    }

    @Test
    void anEndOfTheDrain_isALimitAlsoBetweenTwoAttempts() {
        List<Event> events = Occurrences.of(entry(0, DRAINED, tried("a/m", RESET, 0, 1)));

        assertThat(events).containsExactly(new LimitFired(ORIGIN, null, fired(DRAINED), false));
    }

    @Test
    void aQueueThatIsLeftForTheNextTarget_isALimitAndAFailover() {
        List<Event> events =
                Occurrences.of(
                        entry(9, tried("a/m", CROWDED, 0, 10), tried("b/m", COMPLETED, 10, 25)));

        assertThat(events)
                .containsExactly(
                        new LimitFired(ORIGIN, "a/m", fired(CROWDED), false),
                        new FailedOver(ORIGIN, "a/m", "queue", "b/m"));
    }

    @Test
    void theSameTargetAgain_isNoFailover() {
        List<Event> events =
                Occurrences.of(entry(9, tried("a/m", RESET, 0, 1), tried("a/m", COMPLETED, 2, 5)));

        assertThat(events).isEmpty();
    }

    @Test
    void aHedge_isNoFailover() {
        List<Event> events =
                Occurrences.of(
                        entry(9, tried("a/m", SUPERSEDED, 0, 22), tried("b/m", COMPLETED, 20, 25)));

        assertThat(events).isEmpty();
    }

    @Test
    void aTargetThatFailsBesideItsHedge_isNoFailoverEither() {
        List<Event> events =
                Occurrences.of(
                        entry(9, tried("a/m", RESET, 0, 22), tried("b/m", COMPLETED, 20, 25)));

        assertThat(events).isEmpty();
    }

    private static Expiry fired(Outcome outcome) {
        return Objects.requireNonNull(outcome.expiry());
    }
}
