package dev.ebbgate.tools;

import dev.ebbgate.core.tool.Decision;
import dev.ebbgate.tools.time.TimeSource;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// The token of one attempt.
final class Token implements CancelToken {

    private final Hooks hooks;
    private volatile @Nullable Decision reason;

    Token(TimeSource time) {
        hooks = new Hooks(time, "tool-cancel");
    }

    /// Sets it, and answers the hooks to be run.
    List<Runnable> set(Decision why) {
        reason = why;
        return hooks.happen();
    }

    @Override
    public boolean isCancelled() {
        return reason != null;
    }

    @Override
    public @Nullable Decision reason() {
        return reason;
    }

    @Override
    public void throwIfCancelled() {
        Decision why = reason;
        if (why != null) {
            throw new ToolCancelledException(why);
        }
    }

    @Override
    public void onCancel(Runnable hook) {
        hooks.add(hook);
    }
}
