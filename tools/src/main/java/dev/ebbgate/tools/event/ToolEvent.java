package dev.ebbgate.tools.event;

import dev.ebbgate.core.tool.Decision;
import dev.ebbgate.core.tool.Effects;

/// What happens to a run. No arguments, no results.
///
/// ```
/// Invoked
///   Joined                                      or, any number of times,
///   AttemptStarted … Heartbeat, Partial, SoftDeadline … AttemptEnded
/// Settled                                     within or after an attempt
///   Abandoned, CleanupFailed, LateResult      any number of times, or never
/// Terminated
/// ```
///
/// Every `Invoked` has exactly one `Settled` and one `Terminated`, every `AttemptStarted` exactly
/// one `AttemptEnded`, and nothing of a run follows its `Terminated`. All but `Invoked` may be
/// missing only while the run, or its abandoned body, is still alive.
public sealed interface ToolEvent {

    RunId run();

    /// When it happened, on the clock of the runtime.
    long atNanos();

    /// The tool was called.
    record Invoked(RunId run, long atNanos) implements ToolEvent {}

    /// The call has the run of another with the same idempotency key, and the attempts are that
    /// one's. It has an outcome of its own, and is told as terminated when that run is, or at once
    /// when it leaves the run to others.
    ///
    /// @param other the number of that run
    record Joined(RunId run, long atNanos, long other) implements ToolEvent {}

    /// An attempt began.
    record AttemptStarted(RunId run, long atNanos, int attempt) implements ToolEvent {}

    /// The body gave a sign of life since the runtime last looked. A sample: heartbeats themselves
    /// only store a time stamp.
    record Heartbeat(RunId run, long atNanos, long lastSignalNanos) implements ToolEvent {}

    /// The body reported progress.
    ///
    /// @param share of the whole, from 0 to 1
    record Progress(RunId run, long atNanos, double share) implements ToolEvent {}

    /// The body emitted a partial result.
    ///
    /// @param index counted from 1
    record Partial(RunId run, long atNanos, int index) implements ToolEvent {}

    /// The body was told that its time is nearly over.
    record SoftDeadline(RunId run, long atNanos) implements ToolEvent {}

    /// A body really ended.
    record AttemptEnded(RunId run, long atNanos, int attempt) implements ToolEvent {}

    /// The outcome is decided.
    record Settled(RunId run, long atNanos, Decision decision, int attempts) implements ToolEvent {}

    /// A body, or a cleanup, ignores everything and was given up; it may still be running.
    record Abandoned(RunId run, long atNanos, int attempt) implements ToolEvent {}

    /// A cleanup threw, or did not end in time.
    ///
    /// @param cleanup its name
    record CleanupFailed(RunId run, long atNanos, String cleanup) implements ToolEvent {}

    /// A body returned after the outcome was decided; its result goes nowhere but to the listener
    /// for late results.
    record LateResult(RunId run, long atNanos, int attempt) implements ToolEvent {}

    /// Body and cleanups have really ended.
    record Terminated(RunId run, long atNanos, Effects effects) implements ToolEvent {}
}
