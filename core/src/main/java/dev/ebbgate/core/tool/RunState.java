package dev.ebbgate.core.tool;

/// Where a tool run stands.
public sealed interface RunState {

    /// It waits for its turn.
    record Queued() implements RunState {}

    /// Its body runs, and is wanted.
    record Running() implements RunState {}

    /// Its body is not wanted any more, or its cleanups run.
    record Stopping() implements RunState {}

    /// The next attempt is due later.
    record Resting(long untilNanos) implements RunState {}

    /// Body and cleanups have really ended.
    record Over() implements RunState {}
}
