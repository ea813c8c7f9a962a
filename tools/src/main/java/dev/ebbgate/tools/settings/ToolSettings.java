package dev.ebbgate.tools.settings;

import dev.ebbgate.core.tool.CancelMode;
import dev.ebbgate.core.tool.RetryPolicy;
import dev.ebbgate.core.tool.ToolLimits;

import java.time.Duration;
import java.util.function.Predicate;

/// How a tool is to be run, as its author says.
///
/// @param softShare the share of `total` after which the body is told to come to an end, between 0
///   and 1; 1 is never
/// @param idempotent whether the body may run twice at a time without harm: only then is a retry
///   begun beside a body that does not end
/// @param retryable whether another attempt could go better after this error; asked on the body's
///   thread
public record ToolSettings(
        ToolLimits limits,
        CancelMode mode,
        RetryPolicy retry,
        double softShare,
        boolean idempotent,
        Capacity capacity,
        Duplicates duplicates,
        Predicate<Throwable> retryable) {

    public static final ToolSettings DEFAULT =
            new ToolSettings(
                    ToolLimits.DEFAULT,
                    CancelMode.INTERRUPT,
                    RetryPolicy.NONE,
                    1,
                    false,
                    Capacity.DEFAULT,
                    Duplicates.ALLOWED,
                    error -> error instanceof Exception);

    /// The defaults with these limits.
    public static ToolSettings of(ToolLimits limits) {
        return DEFAULT.withLimits(limits);
    }

    /// The defaults with this limit on the whole run.
    public static ToolSettings of(Duration total) {
        return of(ToolLimits.of(total));
    }

    public ToolSettings withLimits(ToolLimits value) {
        return new ToolSettings(
                value, mode, retry, softShare, idempotent, capacity, duplicates, retryable);
    }

    public ToolSettings withMode(CancelMode value) {
        return new ToolSettings(
                limits, value, retry, softShare, idempotent, capacity, duplicates, retryable);
    }

    public ToolSettings withRetry(RetryPolicy value) {
        return new ToolSettings(
                limits, mode, value, softShare, idempotent, capacity, duplicates, retryable);
    }

    /// With a moment at which the body is told that its time is nearly over.
    ///
    /// @param value its share of `total`, between 0 and 1
    public ToolSettings withSoftDeadline(double value) {
        return new ToolSettings(
                limits, mode, retry, value, idempotent, capacity, duplicates, retryable);
    }

    /// Declares that the body may run twice at a time without harm.
    public ToolSettings asIdempotent() {
        return new ToolSettings(
                limits, mode, retry, softShare, true, capacity, duplicates, retryable);
    }

    public ToolSettings withCapacity(Capacity value) {
        return new ToolSettings(
                limits, mode, retry, softShare, idempotent, value, duplicates, retryable);
    }

    public ToolSettings withDuplicates(Duplicates value) {
        return new ToolSettings(
                limits, mode, retry, softShare, idempotent, capacity, value, retryable);
    }

    public ToolSettings withRetryable(Predicate<Throwable> value) {
        return new ToolSettings(
                limits, mode, retry, softShare, idempotent, capacity, duplicates, value);
    }
}
