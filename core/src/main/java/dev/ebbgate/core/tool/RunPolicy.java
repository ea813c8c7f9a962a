package dev.ebbgate.core.tool;

/// What holds for one tool run.
///
/// @param owner who set the limits, as errors are to name it
/// @param totalOwner who set `total`: the owner, or the run further up whose deadline is nearer
/// @param softShare the share of `total` after which the body is told to come to an end; 1 is never
/// @param idempotent whether another attempt may begin while an earlier body may still be running
public record RunPolicy(
        ToolLimits limits,
        String owner,
        String totalOwner,
        CancelMode mode,
        RetryPolicy retry,
        double softShare,
        boolean idempotent) {

    public RunPolicy {
        if (!(softShare > 0 && softShare <= 1)) {
            throw new IllegalArgumentException("a share lies between 0 and 1");
        }
    }
}
