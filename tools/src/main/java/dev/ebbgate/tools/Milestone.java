package dev.ebbgate.tools;

import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.tools.time.Bell;
import dev.ebbgate.tools.time.TimeSource;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// What a call comes to once, its outcome or its real end, and those who wait for it. Safe for
/// threads.
final class Milestone<T> {

    private final Bell bell;
    private final Promise<T> promise;
    private List<Runnable> watchers = new ArrayList<>(1);

    Milestone(TimeSource time) {
        this.bell = new Bell(time);
        this.promise = new Promise<>(time);
    }

    /// Reaches it, unless it is reached.
    ///
    /// @return whether this is it
    boolean reach(T value) {
        List<Runnable> told;
        synchronized (this) {
            if (isReached()) {
                return false;
            }
            promise.keep(value);
            told = watchers;
            watchers = List.of();
        }
        bell.ring();
        told.forEach(Runnable::run);
        return true;
    }

    boolean isReached() {
        return promise.value() != null;
    }

    /// Null before.
    @Nullable T value() {
        return promise.value();
    }

    T await() throws InterruptedException {
        boolean _ = await(Deadline.NEVER);
        T value = promise.value();
        if (value == null) {
            throw new IllegalStateException("awaited, and not reached");
        }
        return value;
    }

    /// Waits for it, or until that moment.
    ///
    /// @return whether it is reached
    boolean await(long untilNanos) throws InterruptedException {
        return bell.await(this::isReached, untilNanos);
    }

    CompletionStage<T> stage() {
        return promise.stage();
    }

    /// Runs once when it is reached, at once if it is. It neither blocks nor runs the code of a
    /// user.
    void watch(Runnable watcher) {
        synchronized (this) {
            if (!isReached()) {
                watchers.add(watcher);
                return;
            }
        }
        watcher.run();
    }
}
