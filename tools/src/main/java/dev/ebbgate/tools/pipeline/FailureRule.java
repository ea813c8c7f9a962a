package dev.ebbgate.tools.pipeline;

/// What becomes of a pipeline one of whose stages does not complete. Whatever it is, what other
/// stages have finished stays readable.
public enum FailureRule {
    /// The others are cancelled, and the pipeline fails at once.
    FAIL_FAST,
    /// What does not depend on it goes on; in the end the pipeline fails.
    CONTINUE,
    /// What depends on it runs as well, with what there is, and the pipeline completes.
    BEST_EFFORT
}
