package dev.ebbgate.core.exchange;

import dev.ebbgate.core.failover.Course;
import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.limit.ResolvedLimit;
import dev.ebbgate.core.limit.Span;

import org.jspecify.annotations.Nullable;

/// What an attempt may take of `request` until its first token, so that other targets find
/// something left.
///
/// @param endNanos a moment
/// @param request the limit that is shared
record Share(long endNanos, ResolvedLimit request) {

    /// The share of an attempt that begins now; null where there is no end.
    static @Nullable Share of(
            Course course, ResolvedLimit request, long requestEndsNanos, long nowNanos) {
        if (requestEndsNanos == Deadline.NEVER) {
            return null;
        }
        long share = course.shareNanos(requestEndsNanos - nowNanos);
        return new Share(nowNanos + share, request);
    }

    /// Whether an attempt that begins then finds enough left.
    static boolean isEnough(long requestEndsNanos, long startNanos) {
        return requestEndsNanos == Deadline.NEVER
                || requestEndsNanos - startNanos >= Course.LEAST_NANOS;
    }

    /// The limit as it is, or cut to the share where it would run out later.
    ResolvedLimit cut(ResolvedLimit own, long sinceNanos) {
        long end = own.value().after(sinceNanos);
        if (Deadline.nearer(end, endNanos) == end) {
            return own;
        }
        String source =
                own.source()
                        + ", cut so that request "
                        + request.value()
                        + " from "
                        + request.source()
                        + " has room for another target";
        return new ResolvedLimit(own.limit(), new Span(Math.max(1, endNanos - sinceNanos)), source);
    }
}
