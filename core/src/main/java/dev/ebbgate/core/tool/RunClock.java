package dev.ebbgate.core.tool;

import dev.ebbgate.core.limit.Deadline;

import org.jspecify.annotations.Nullable;

/// The moments that hold for a run as a whole, counted from the call.
final class RunClock {

    private final RunPolicy policy;
    private final long startNanos;

    RunClock(RunPolicy policy, long startNanos) {
        this.policy = policy;
        this.startNanos = startNanos;
    }

    /// When the body is told that its time is nearly over.
    long softensAtNanos() {
        if (policy.softShare() == 1 || policy.limits().total().isOff()) {
            return Deadline.NEVER;
        }
        long share = (long) (policy.limits().total().nanos() * policy.softShare());
        return Deadline.plus(startNanos, share);
    }

    long queueEndsAtNanos() {
        return policy.limits().queue().after(startNanos);
    }

    long totalEndsAtNanos() {
        return policy.limits().total().after(startNanos);
    }

    /// Whether an attempt that begins then could end before the deadline.
    boolean fits(long beginNanos) {
        long total = totalEndsAtNanos();
        return total == Deadline.NEVER || total - beginNanos > policy.retry().needs().nanos();
    }

    /// The limit that ran out first; call it when one has.
    ///
    /// @param phase what the run waited for
    /// @param attempt the one in hand or the last one, or null before the first
    FiredLimit fired(RunPhase phase, @Nullable Attempt attempt, long nowNanos) {
        long total = totalEndsAtNanos();
        boolean whole =
                phase != RunPhase.QUEUE || Deadline.nearer(total, queueEndsAtNanos()) == total;
        ToolLimit limit = whole ? ToolLimit.TOTAL : ToolLimit.QUEUE;
        return new FiredLimit(
                limit,
                policy.limits().value(limit),
                whole ? policy.totalOwner() : policy.owner(),
                phase,
                nowNanos - startNanos,
                attempt == null ? 0 : attempt.silentNanos(nowNanos),
                attempt == null ? 0 : attempt.number());
    }
}
