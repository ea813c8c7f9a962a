package dev.ebbgate.core.limit;

import java.time.Duration;

/// Arithmetic on moments of a monotonic clock whose origin is arbitrary and which may wrap: moments
/// are compared by subtraction, and none lies more than about 146 years from another.
public final class Deadline {

    /// The moment that never comes.
    public static final long NEVER = Long.MAX_VALUE;

    private static final Duration LONGEST = Duration.ofDays(36_500);

    private Deadline() {}

    /// `startNanos + spanNanos`, kept apart from [#NEVER].
    public static long plus(long startNanos, long spanNanos) {
        long sum = startNanos + spanNanos;
        return sum == NEVER ? sum - 1 : sum;
    }

    /// The same for a duration; one that is longer than a century ends never.
    public static long plus(long startNanos, Duration span) {
        return span.compareTo(LONGEST) > 0 ? NEVER : plus(startNanos, span.toNanos());
    }

    /// The nearer of two moments, either of which may be [#NEVER].
    public static long nearer(long a, long b) {
        if (a == NEVER) {
            return b;
        }
        return b == NEVER || a - b <= 0 ? a : b;
    }

    /// Whether the moment has come at `nowNanos`.
    public static boolean due(long moment, long nowNanos) {
        return moment != NEVER && nowNanos - moment >= 0;
    }
}
