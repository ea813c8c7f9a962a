package dev.ebbgate.tools;

import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.tools.time.Bell;
import dev.ebbgate.tools.time.TimeSource;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// The outcome of a call, decided once, and those who wait for it. Safe for threads.
final class Settlement<R> {

    private final Bell bell;
    private final Promise<Outcome<R>> outcome;
    private List<Runnable> watchers = new ArrayList<>(1);

    Settlement(TimeSource time) {
        this.bell = new Bell(time);
        this.outcome = new Promise<>(time);
    }

    /// Decides it, unless it is decided.
    ///
    /// @return whether this is it
    boolean decide(Outcome<R> decided) {
        List<Runnable> told;
        synchronized (this) {
            if (outcome.value() != null) {
                return false;
            }
            outcome.keep(decided);
            told = watchers;
            watchers = List.of();
        }
        bell.ring();
        told.forEach(Runnable::run);
        return true;
    }

    /// Null while it is open.
    @Nullable Outcome<R> value() {
        return outcome.value();
    }

    Outcome<R> await() throws InterruptedException {
        boolean _ = bell.await(() -> outcome.value() != null, Deadline.NEVER);
        Outcome<R> decided = outcome.value();
        if (decided == null) {
            throw new IllegalStateException("awaited, and not settled");
        }
        return decided;
    }

    CompletionStage<Outcome<R>> stage() {
        return outcome.stage();
    }

    /// Runs once when it is decided, at once if it is; see [WatchedCall#watch].
    void watch(Runnable watcher) {
        synchronized (this) {
            if (outcome.value() == null) {
                watchers.add(watcher);
                return;
            }
        }
        watcher.run();
    }
}
