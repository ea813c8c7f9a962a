package dev.ebbgate.tools;

import dev.ebbgate.core.tool.CancelReason;
import dev.ebbgate.core.tool.Decision;
import dev.ebbgate.core.tool.Effects;
import dev.ebbgate.tools.event.RunId;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// A run that has been started. It has two ends: *settled*, when the outcome is decided, which is
/// on time whatever the body does; and *terminated*, when body and cleanups have really ended. Safe
/// for threads.
public interface ToolCall<R> {

    RunId id();

    /// Waits until the outcome is decided. An interrupt ends the waiting, not the run.
    Outcome<R> await() throws InterruptedException;

    /// Waits until body and cleanups have really ended.
    ///
    /// @return whether they have
    boolean awaitTerminated(Duration atMost) throws InterruptedException;

    /// The outcome, or null while that is open.
    @Nullable Outcome<R> outcome();

    /// Completes with the outcome, on a fresh thread. Completing or cancelling it changes nothing.
    CompletionStage<Outcome<R>> settled();

    /// Completes when body and cleanups have really ended, on a fresh thread.
    CompletionStage<Effects> terminated();

    /// Nobody wants it any more. Too late, or repeated, it changes nothing.
    void cancel(CancelReason reason);

    /// What has been emitted so far.
    List<Object> partials();

    /// Reads partial results as they come. There is one reader per call; start it with
    /// [ToolOptions#streamed] for the body to wait for it.
    PartialReader reader();

    /// What is known of its effects by now. It becomes more certain until the run has terminated.
    Effects effects();

    /// Every reason for which it ended or would have ended, the one that won first.
    List<Decision> chain();
}
