package dev.ebbgate.tools;

import dev.ebbgate.tools.time.TimeSource;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

/// What a body has of its run. It belongs to one attempt; calls that come after its end do nothing.
/// Safe for threads, but [#emit], [#sleep], [#child], [#waiting] and [#shield] are for the body's
/// own.
public interface ToolContext {

    /// What the body has within which the calling thread runs; empty outside of one, and on threads
    /// that a body has started itself. For code further down that nobody can hand it to.
    static Optional<ToolContext> current() {
        return Body.CURRENT.isBound()
                ? Optional.of(Body.CURRENT.get().context())
                : Optional.empty();
    }

    String callId();

    /// The number of this attempt, counted from 1.
    int attempt();

    /// The key of the call, or a fresh one that stays the same over all attempts: for those who are
    /// asked to do the same thing twice.
    String idempotencyKey();

    /// The time left until the outcome is decided, never negative; a hundred years where nothing
    /// limits it.
    Duration remaining();

    /// When that is, as a moment of the runtime's clock.
    long deadlineNanos();

    /// Whose limit that is, as errors name it: this run's, or that of one further up.
    String deadlineOwner();

    /// The one source of time, for those who wait for something other than these methods offer.
    TimeSource clock();

    CancelToken token();

    /// Gives a sign of life: `idle` is counted afresh. Costs as much as reading the clock.
    void heartbeat();

    /// Gives a sign of life, and tells listeners how far it is.
    ///
    /// @param share of the whole, from 0 to 1
    void progress(double share);

    /// Hands out a partial result, which is kept whatever comes. Waits while the reader has enough,
    /// and that time does not count as silence.
    ///
    /// @throws ToolCancelledException if the outcome is decided: it is not kept
    void emit(Object partial) throws InterruptedException;

    /// Remembers how far it is, for the next attempt.
    void checkpoint(Object state);

    /// What the last checkpoint of an earlier attempt, or the caller, left; empty if that is of
    /// another type.
    <S> Optional<S> resumeFrom(Class<S> type);

    /// Runs when the body has ended, well or not, or has been given up: last in first out, on a
    /// fresh thread without an interrupt, all of them within `grace`. What it throws is collected
    /// and changes nothing.
    ///
    /// @param name for events
    void onCleanup(String name, Cleanup action);

    /// Closes it with the cleanups, or earlier to free a body that hangs in it.
    ///
    /// @return the resource itself
    <T extends AutoCloseable> T own(T resource);

    /// Starts a process that ends with the body at the latest, its children included, and whose
    /// pipes are then closed. A body that waits for it is freed when it is killed. On Linux
    /// children are found whatever they do, by `EBBGATE_TOOL_PROCESS` in their environment;
    /// elsewhere those that have outlived their parent are not.
    Process own(ProcessBuilder process) throws java.io.IOException;

    /// Does something that should not be interrupted, such as a commit. It is put off until then,
    /// but no longer than `atMost`; the outcome itself is never put off.
    <T> T shield(Duration atMost, Callable<T> body) throws Exception;

    /// Calls another tool and waits for it. It gets what is left of this run's time, less a
    /// reserve, and ends with this run. Meanwhile this run is not taken to be silent.
    <B, S> Outcome<S> child(Tool<B, S> tool, B args, ToolOptions options)
            throws InterruptedException;

    /// Calls another tool and goes on. It gets what is left of this run's time, less a reserve, and
    /// ends with this run. Wait for it within [#waiting].
    <B, S> ToolCall<S> start(Tool<B, S> tool, B args, ToolOptions options);

    /// Calls another tool to do this one's work, and goes on: what it emits and its checkpoints are
    /// this run's as well, as they come, and it can resume from this run's last checkpoint. Its key
    /// is handed on, and no duplicates of it are looked for: that is done for this run. For the
    /// rest as [#start].
    <B, S> ToolCall<S> delegate(Tool<B, S> tool, B args, ToolOptions options);

    /// How many of the runs above this one are of tools of that kind.
    int depth(Class<?> kind);

    /// Waits for someone else, a human for example: meanwhile this run is not taken to be silent.
    <T> T waiting(Callable<T> wait) throws Exception;

    /// Sleeps on the runtime's clock.
    void sleep(Duration duration) throws InterruptedException;

    /// Whether the soft deadline has passed: come to an end with what there is.
    boolean isNearlyOver();

    /// Runs once, on a fresh thread, when the soft deadline passes; at once if it has.
    void onNearlyOver(Runnable hook);

    /// Something to do at the end.
    @FunctionalInterface
    interface Cleanup {
        void run() throws Exception;
    }
}
