package dev.ebbgate.tools;

/// A call of this runtime, for what waits for several of them at once.
interface WatchedCall<R> extends ToolCall<R> {

    /// Runs once when the outcome is decided, at once if it is. It neither blocks nor runs the code
    /// of a user.
    void watch(Runnable watcher);

    /// The run it has, alone or with others.
    Run<?, R> run();
}
