package dev.ebbgate.cli;

import org.jspecify.annotations.Nullable;

import sun.misc.Signal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/// What signals mean: the first TERM or INT drains (no new work, streams finish), the second ends
/// now: what still runs is told so and recorded, in a second at most. A third does not wait for
/// that. Shutdown hooks cannot tell a first from a second, hence signal handlers.
final class Shutdown {
    private static final long HURRY_MILLIS = 1_000;

    private final Supplier<CompletionStage<Void>> drain;
    private final Runnable hurry;
    private final IntConsumer halt;
    private final AtomicInteger signals = new AtomicInteger();
    private @Nullable Runnable hangup;
    private final CompletableFuture<Void> drained = new CompletableFuture<>();

    /// @param drain begins to drain; its stage ends when nothing is in hand any more
    /// @param hurry ends what is in hand; may take its time, which will not be waited for
    /// @param halt ends the process at once with the given code
    Shutdown(Supplier<CompletionStage<Void>> drain, Runnable hurry, IntConsumer halt) {
        this.drain = drain;
        this.hurry = hurry;
        this.halt = halt;
    }

    /// Has this done for every HUP.
    void onHangup(Runnable reload) {
        hangup = reload;
    }

    /// Takes over TERM and INT of this process, and HUP where something is to be done for it.
    void install() {
        Runnable reload = hangup;
        if (reload != null) {
            Signal.handle(new Signal("HUP"), _ -> reload.run());
        }
        for (String name : new String[] {"TERM", "INT"}) {
            Signal.handle(new Signal(name), signal -> onSignal(signal.getNumber()));
        }
    }

    /// Ends when the drain has ended; never after a second signal, whose code the process ends
    /// with.
    CompletableFuture<Void> drained() {
        return drained;
    }

    /// Each signal comes on a thread of its own.
    void onSignal(int number) {
        switch (signals.incrementAndGet()) {
            case 1 -> drain.get().whenComplete((_, problem) -> end(problem));
            case 2 -> {
                hurry();
                halt.accept(128 + number);
            }
            default -> halt.accept(128 + number);
        }
    }

    private void end(@Nullable Throwable problem) {
        if (signals.get() > 1) {
            return;
        }
        if (problem == null) {
            drained.complete(null);
        } else {
            drained.completeExceptionally(problem);
        }
    }

    private void hurry() {
        Thread ending = Thread.ofPlatform().daemon().name("ebbgate-end").start(hurry);
        try {
            ending.join(HURRY_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
