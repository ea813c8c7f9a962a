package dev.ebbgate.gateway.events;

import dev.ebbgate.core.event.Event;
import dev.ebbgate.core.limit.Span;

import org.jspecify.annotations.Nullable;

/// What one outlet loses, and when it is told: to all others at once, and then once a minute at
/// most with the sum since; to the outlet itself as soon as it takes something again. Thread-safe.
final class Losses {

    private static final long TELL_NANOS = Span.ofSeconds(60).nanos();
    private static final String EVENTS_FOR = "events for ";

    private final String what;
    private long untold;
    private long owed;
    private boolean pressing;
    private String why = "";
    private @Nullable Long toldNanos;

    /// @param outlet its name
    Losses(String outlet) {
        this.what = EVENTS_FOR + outlet;
    }

    /// Whether an event tells of what this outlet lost.
    boolean areToldBy(Event event) {
        return event instanceof Event.Lost lost && lost.what().equals(what);
    }

    /// This one was lost. One that tells of what an outlet lost is counted, and is no reason to
    /// tell anything: two outlets that take nothing would else tell of each other without end.
    synchronized Event.Lost add(Event event, String whyLost) {
        if (event instanceof Event.Lost lost && lost.what().startsWith(EVENTS_FOR)) {
            owed += areToldBy(event) ? lost.count() : 0;
        } else {
            pressing = true;
        }
        return add(1, whyLost);
    }

    /// These were lost, all at once at the end.
    synchronized Event.Lost add(long events, String whyLost) {
        untold += events;
        owed += events;
        why = whyLost;
        return new Event.Lost(what, events, why);
    }

    /// What all others are to be told now; null if nothing.
    synchronized Event.@Nullable Lost due(long nowNanos) {
        if (!pressing || (toldNanos != null && nowNanos - toldNanos < TELL_NANOS)) {
            return null;
        }
        toldNanos = nowNanos;
        return rest();
    }

    /// What all others have not been told yet; null if nothing.
    synchronized Event.@Nullable Lost rest() {
        Event.Lost rest = untold == 0 ? null : new Event.Lost(what, untold, why);
        untold = 0;
        pressing = false;
        return rest;
    }

    /// What the outlet itself has not been told yet; null if nothing.
    synchronized Event.@Nullable Lost owed() {
        Event.Lost due = owed == 0 ? null : new Event.Lost(what, owed, why);
        owed = 0;
        return due;
    }

    /// The outlet could not be told after all.
    synchronized void owe(long events) {
        owed += events;
    }
}
