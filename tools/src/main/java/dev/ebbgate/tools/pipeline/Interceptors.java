package dev.ebbgate.tools.pipeline;

import dev.ebbgate.core.tool.RetryPolicy;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/// The interceptors that are there.
public final class Interceptors {

    private Interceptors() {}

    /// A limit of its own on everything further in, which runs as a run beneath the stage. Whoever
    /// is further out sees a [StageStoppedException] that names this limit and not theirs. What the
    /// stage emits and its checkpoints are the stage's own.
    public static Interceptor timeout(Duration atMost) {
        return new StageTimeout(atMost);
    }

    /// Tries again what is further in, within the limits of the stage: none is begun that cannot
    /// finish in time, and none while an earlier body may still be running, unless the stage is
    /// declared idempotent.
    public static Interceptor retry(RetryPolicy policy) {
        return retry(policy, () -> ThreadLocalRandom.current().nextDouble());
    }

    /// The same with chance from elsewhere, from 0 to 1.
    public static Interceptor retry(RetryPolicy policy, DoubleSupplier chance) {
        return new StageRetry(policy, chance);
    }

    /// Refuses a stage at once that has failed so often in a row, until the cooldown is over; then
    /// one call may try. It keeps count for each stage, over all runs it is used in.
    public static Interceptor breaker(int failures, Duration cooldown) {
        return new StageBreaker(failures, cooldown);
    }

    /// For traces, metrics and logs: is told of the beginning, and what it answers is told of the
    /// end, exactly once, with the error or null.
    public static Interceptor watched(Watcher watcher) {
        return (call, next) -> {
            Consumer<@Nullable Throwable> end = watcher.begin(call);
            Throwable error = null;
            try {
                return next.go(call);
            } catch (Throwable e) {
                error = e;
                throw e;
            } finally {
                end.accept(error);
            }
        };
    }

    /// Is told of every time that what is further in begins, on the stage's thread.
    @FunctionalInterface
    public interface Watcher {
        Consumer<@Nullable Throwable> begin(StageCall call);
    }
}
