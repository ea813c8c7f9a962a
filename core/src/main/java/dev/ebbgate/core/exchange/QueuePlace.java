package dev.ebbgate.core.exchange;

import dev.ebbgate.core.failure.Failure;
import dev.ebbgate.core.health.Permit;
import dev.ebbgate.core.health.Ticket;
import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.limit.Expiry;
import dev.ebbgate.core.limit.Phase;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.limit.Timeouts;
import dev.ebbgate.core.setting.Sourced;

import org.jspecify.annotations.Nullable;

/// The place of one exchange in the queue of a provider, and since when it waits there. It is empty
/// most of the time.
final class QueuePlace {

    private @Nullable Ticket ticket;
    private long sinceNanos = Deadline.NEVER;

    boolean isHeld() {
        return ticket != null;
    }

    /// Waits with that ticket. Who goes on waiting with another one has waited since the first.
    void hold(Ticket held, long nowNanos) {
        ticket = held;
        if (sinceNanos == Deadline.NEVER) {
            sinceNanos = nowNanos;
        }
    }

    /// Hands the ticket over, as its turn may have come; null where none is held.
    @Nullable Ticket turn() {
        Ticket mine = ticket;
        ticket = null;
        return mine;
    }

    /// How long was waited until now, after which nothing is waited for any more; 0 where nothing
    /// was.
    long leave(long nowNanos) {
        long waited = sinceNanos == Deadline.NEVER ? 0 : nowNanos - sinceNanos;
        ticket = null;
        sinceNanos = Deadline.NEVER;
        return waited;
    }

    /// Gives the ticket back, if one is held.
    void cancel(long nowNanos) {
        if (ticket != null) {
            ticket.cancel(nowNanos);
        }
    }

    /// The limit of the wait; null where nothing is waited for.
    @Nullable NextLimit limit() {
        if (ticket == null) {
            return null;
        }
        Sourced<Span> patience = ticket.patience();
        long atNanos = patience.value().after(sinceNanos);
        return new NextLimit("queue", patience.value(), patience.source(), atNanos);
    }

    /// When the wait is too long; [Deadline#NEVER] if never.
    long endsNanos() {
        return ticket == null ? Deadline.NEVER : ticket.patience().value().after(sinceNanos);
    }

    /// Leaves a queue in which the wait was too long: an attempt that was never made.
    Attempt giveUp(Ticket left, int number, int target, Timeouts timeouts, long nowNanos) {
        Sourced<Span> patience = left.patience();
        long waitedNanos = leave(nowNanos);
        left.cancel(nowNanos);
        Expiry queue =
                new Expiry("queue", patience.value(), patience.source(), Phase.QUEUE, waitedNanos);
        long sinceNanos = nowNanos - waitedNanos;
        Attempt attempt = new Attempt(number, target, Permit.NONE, timeouts, Span.OFF, sinceNanos);
        attempt.queued(waitedNanos);
        attempt.end(new Outcome.Failed(new Failure.Crowded(queue)), nowNanos);
        return attempt;
    }
}
