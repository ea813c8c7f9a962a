package dev.ebbgate.gateway.timer;

import io.netty.util.concurrent.ScheduledFuture;

/// Something that will happen unless it is cancelled in time.
public final class Timer {

    private final ScheduledFuture<?> future;

    Timer(ScheduledFuture<?> future) {
        this.future = future;
    }

    /// Makes sure that it does not happen any more. Harmless when it has happened.
    public void cancel() {
        future.cancel(false);
    }
}
