package dev.ebbgate.core.simulation;

import dev.ebbgate.core.failure.Failure;
import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.limit.Span;

import org.jspecify.annotations.Nullable;

/// What a server does with one request.
///
/// @param firstNanos how long until the first token, or the failure if there is no token;
///   [Deadline#NEVER] is a black hole
/// @param tokens how many there are
/// @param gapNanos between two of them
/// @param failure how it breaks after the last token, or null for a proper end
/// @param hangs whether it falls silent after the last token
record Reply(long firstNanos, int tokens, long gapNanos, @Nullable Failure failure, boolean hangs) {

    private static final int TOKENS = 5;
    private static final long GAP = Span.ofMillis(200).nanos();

    /// A short good answer.
    static Reply good(double firstSeconds) {
        return new Reply(nanos(firstSeconds), TOKENS, GAP, null, false);
    }

    /// A good answer with a silence before its last token.
    static Reply paused(double firstSeconds, double pauseSeconds) {
        return new Reply(nanos(firstSeconds), 2, nanos(pauseSeconds), null, false);
    }

    static Reply fails(double afterSeconds, Failure failure) {
        return new Reply(nanos(afterSeconds), 0, 0, failure, false);
    }

    static Reply silent() {
        return new Reply(Deadline.NEVER, 0, 0, null, true);
    }

    /// Some tokens, then silence.
    static Reply stalls(double firstSeconds) {
        return new Reply(nanos(firstSeconds), 2, GAP, null, true);
    }

    /// Whether a client that waits long enough gets it whole.
    boolean isGood() {
        return failure == null && !hangs;
    }

    static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }
}
