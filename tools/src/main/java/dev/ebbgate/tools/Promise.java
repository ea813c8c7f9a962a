package dev.ebbgate.tools;

import dev.ebbgate.tools.time.TimeSource;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// A value to come, as a stage only for those who ask. What depends on the stage is code of a user,
/// so it never runs on the thread that brought the value.
final class Promise<T> {

    private final TimeSource time;
    private volatile @Nullable T value;
    private @Nullable CompletableFuture<T> future;

    Promise(TimeSource time) {
        this.time = time;
    }

    void keep(T kept) {
        CompletableFuture<T> asked;
        synchronized (this) {
            value = kept;
            asked = future;
        }
        if (asked != null) {
            time.start("tool-stage", () -> asked.complete(kept));
        }
    }

    @Nullable T value() {
        return value;
    }

    synchronized CompletionStage<T> stage() {
        T kept = value;
        if (kept != null) {
            return CompletableFuture.completedStage(kept);
        }
        if (future == null) {
            future = new CompletableFuture<>();
        }
        return future.minimalCompletionStage();
    }
}
