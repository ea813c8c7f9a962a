package dev.ebbgate.tools;

import dev.ebbgate.core.tool.Decision;

import org.jspecify.annotations.Nullable;

/// Tells a body that its result is not wanted any more. Safe for threads; once set, it stays set.
public interface CancelToken {

    boolean isCancelled();

    /// Why, or null while it is wanted.
    @Nullable Decision reason();

    /// Ends the body if it is not wanted any more.
    ///
    /// @throws ToolCancelledException if so
    void throwIfCancelled();

    /// Runs once, on a fresh thread, when the token is set; at once if it is set already. Hooks run
    /// in the order in which they came, before the body's thread is interrupted; one that hangs
    /// delays the interrupt by `grace` at most.
    void onCancel(Runnable hook);
}
