package dev.ebbgate.core.exchange;

import dev.ebbgate.core.failover.FailureRow;
import dev.ebbgate.core.failover.FailureTable;
import dev.ebbgate.core.failure.Failure;
import dev.ebbgate.core.failure.Failure.BadStatus;
import dev.ebbgate.core.health.Sign;
import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.limit.Fired;
import dev.ebbgate.core.limit.Span;

import org.jspecify.annotations.Nullable;

/// What the end of an attempt says of its target's health, or of its key's.
final class Blame {

    private Blame() {}

    /// Tells it to those who keep account, and gives back what the attempt held.
    static void settle(Attempt attempt, Span retryAfterMax, long nowNanos) {
        Outcome outcome = attempt.outcome();
        if (outcome != null) {
            attempt.permit().report(of(outcome, retryAfterMax, nowNanos), nowNanos);
            attempt.permit().release(nowNanos);
        }
    }

    private static Sign of(Outcome outcome, Span retryAfterMax, long nowNanos) {
        return switch (outcome) {
            case Outcome.Completed _ -> Sign.Plain.SUCCEEDED;
            case Outcome.Cancelled _ -> Sign.Plain.NEITHER;
            case Outcome.TimedOut(Fired fired) -> plain(FailureTable.row(fired.limit().limit()));
            case Outcome.Failed(Failure failure) -> of(failure, retryAfterMax, nowNanos);
        };
    }

    private static Sign of(Failure failure, Span retryAfterMax, long nowNanos) {
        FailureRow row = FailureTable.row(failure);
        return switch (row) {
            case AUTH, QUOTA -> new Sign.KeyRefused();
            case STATUS_429 -> limited(failure, retryAfterMax, nowNanos);
            case CONNECT_FAILED,
                    CONNECT_LIMIT,
                    STALE,
                    RESET,
                    STATUS_5XX,
                    FIRST_TOKEN,
                    STREAM_IDLE,
                    NO_PROGRESS,
                    ATTEMPT,
                    MALFORMED,
                    REDIRECTED,
                    STREAM_ERROR,
                    CONTEXT_LENGTH,
                    CONTENT_POLICY,
                    REFUSED,
                    REQUEST,
                    OURS ->
                    plain(row);
        };
    }

    private static Sign plain(FailureRow row) {
        return row.counts() ? Sign.Plain.FAILED : Sign.Plain.NEITHER;
    }

    /// A wait that is short enough is waited; for a longer one the key rests.
    private static Sign limited(Failure failure, Span retryAfterMax, long nowNanos) {
        @Nullable Span wait = failure instanceof BadStatus refused ? refused.retryAfter() : null;
        return wait != null && wait.isLongerThan(retryAfterMax)
                ? new Sign.KeyLimited(Deadline.plus(nowNanos, wait.nanos()))
                : Sign.Plain.NEITHER;
    }
}
