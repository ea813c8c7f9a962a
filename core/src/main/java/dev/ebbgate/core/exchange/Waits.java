package dev.ebbgate.core.exchange;

import dev.ebbgate.core.limit.Deadline;

/// When each wait of an attempt ended, as moments; [Deadline#NEVER] where it has not.
///
/// @param queuedNanos how long its place at the provider was waited for before its start, a length
/// @param headNanos when the head of the provider's answer came
/// @param longestGapNanos the longest silence after the first token, a length
public record Waits(
        long queuedNanos,
        long startNanos,
        long usableNanos,
        long headNanos,
        long firstTokenNanos,
        long longestGapNanos,
        long overNanos) {

    /// The same, with moments that count from `originNanos`.
    public Waits since(long originNanos) {
        return new Waits(
                queuedNanos,
                since(startNanos, originNanos),
                since(usableNanos, originNanos),
                since(headNanos, originNanos),
                since(firstTokenNanos, originNanos),
                longestGapNanos,
                since(overNanos, originNanos));
    }

    private static long since(long moment, long originNanos) {
        return moment == Deadline.NEVER ? moment : moment - originNanos;
    }
}
