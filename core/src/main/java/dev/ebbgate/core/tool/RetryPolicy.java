package dev.ebbgate.core.tool;

import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.policy.Backoff;

/// Whether a failed attempt is followed by another, and when. Retries live inside `total`.
///
/// @param attempts how many there may be, the first included
/// @param backoff how long to wait before the next
/// @param onFailure whether to try again after a body that threw, where its error allows that
/// @param onTimeout whether to try again after `first-signal`, `idle` or `attempt` fired
/// @param needs how long an attempt takes at least; none is begun that could not end before the
///   deadline
public record RetryPolicy(
        int attempts, Backoff backoff, boolean onFailure, boolean onTimeout, Span needs) {

    /// One attempt.
    public static final RetryPolicy NONE =
            new RetryPolicy(1, Backoff.DEFAULT, false, false, Span.ofMillis(1));

    public RetryPolicy {
        if (attempts < 1) {
            throw new IllegalArgumentException("there is at least one attempt");
        }
        if (needs.isOff()) {
            throw new IllegalArgumentException("what an attempt needs is a length");
        }
    }

    /// So many attempts, after failures and after limits alike.
    public static RetryPolicy of(int attempts) {
        return new RetryPolicy(attempts, Backoff.DEFAULT, true, true, NONE.needs);
    }

    public RetryPolicy withBackoff(Backoff newBackoff) {
        return new RetryPolicy(attempts, newBackoff, onFailure, onTimeout, needs);
    }

    public RetryPolicy withNeeds(Span newNeeds) {
        return new RetryPolicy(attempts, backoff, onFailure, onTimeout, newNeeds);
    }

    /// The wait before the attempt after the one with this number.
    ///
    /// @param chance from 0 to 1
    public long waitNanos(int number, double chance) {
        long base = backoff.base().nanos();
        int doublings = Math.min(number - 1, Long.numberOfLeadingZeros(base) - 2);
        long whole = Math.min(base << Math.max(0, doublings), backoff.max().nanos());
        return switch (backoff.jitter()) {
            case FULL -> (long) (whole * chance);
            case NONE -> whole;
        };
    }
}
