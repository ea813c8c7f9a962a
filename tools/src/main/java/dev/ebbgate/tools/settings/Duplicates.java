package dev.ebbgate.tools.settings;

import dev.ebbgate.core.limit.Span;

import java.time.Duration;

/// What becomes of a call whose idempotency key another run of the same tool has. Calls without a
/// key are never duplicates.
public sealed interface Duplicates {

    /// It runs as well.
    Duplicates ALLOWED = new Allowed();

    /// While the other runs, it gets that one's outcome: they are one run, with the limits of the
    /// first call. Each has its own limit on the whole, reader and cancel, which end that call
    /// alone; the run goes on while one of them wants it. A call that comes when there is nothing
    /// to be had of it any more waits for its end and runs itself.
    Duplicates JOINED = new Joined();

    /// While the other runs, it is rejected.
    Duplicates REFUSED = new Refused();

    /// It gets the other's outcome, also for a while after that has completed. One that did not
    /// complete is not replayed.
    static Duplicates replayedFor(Duration span) {
        return new Replayed(Span.of(span));
    }

    record Allowed() implements Duplicates {}

    record Joined() implements Duplicates {}

    record Refused() implements Duplicates {}

    record Replayed(Span span) implements Duplicates {}
}
