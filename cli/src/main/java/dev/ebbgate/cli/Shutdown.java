package dev.ebbgate.cli;

import sun.misc.Signal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/// What signals mean: the first TERM or INT drains (no new work, streams finish), the second ends
/// now. Shutdown hooks cannot tell a first from a second, hence signal handlers.
final class Shutdown {
    private final Supplier<CompletionStage<Void>> drain;
    private final IntConsumer halt;
    private final AtomicBoolean draining = new AtomicBoolean();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();

    /// @param drain begins to drain; its stage ends when nothing is in hand any more
    /// @param halt ends the process at once with the given code
    Shutdown(Supplier<CompletionStage<Void>> drain, IntConsumer halt) {
        this.drain = drain;
        this.halt = halt;
    }

    /// Takes over TERM and INT of this process.
    void install() {
        for (String name : new String[] {"TERM", "INT"}) {
            Signal.handle(new Signal(name), signal -> onSignal(signal.getNumber()));
        }
    }

    /// Ends when the drain has ended.
    CompletableFuture<Void> drained() {
        return drained;
    }

    void onSignal(int number) {
        if (!draining.compareAndSet(false, true)) {
            halt.accept(128 + number);
            return;
        }
        drain.get()
                .whenComplete((_, problem) -> {
                    if (problem == null) {
                        drained.complete(null);
                    } else {
                        drained.completeExceptionally(problem);
                    }
                });
    }
}
