package dev.ebbgate.gateway.loop;

import dev.ebbgate.core.limit.Deadline;

import io.vertx.core.Vertx;

/// The one timer of an exchange. It is only ever set earlier; a flow that moves the machine's time
/// stamps leaves it alone, and when it then rings too early the machine is asked again.
final class Alarm {

    private static final long NANOS_PER_MILLI = 1_000_000L;
    private static final long NONE = -1;

    private final Vertx vertx;
    private final Runnable ring;
    private long timer = NONE;
    private long ringsAtNanos = Deadline.NEVER;

    Alarm(Vertx vertx, Runnable ring) {
        this.vertx = vertx;
        this.ring = ring;
    }

    /// Makes sure that it rings by this moment, and not before one that was asked for.
    void set(long momentNanos, long nowNanos) {
        if (momentNanos == Deadline.NEVER
                || (ringsAtNanos != Deadline.NEVER && ringsAtNanos - momentNanos <= 0)) {
            return;
        }
        cancel();
        ringsAtNanos = momentNanos;
        long delay = Math.max(0, momentNanos - nowNanos);
        long millis = Math.max(1, (delay + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
        timer = vertx.setTimer(millis, _ -> rang());
    }

    private void rang() {
        timer = NONE;
        ringsAtNanos = Deadline.NEVER;
        ring.run();
    }

    void cancel() {
        if (timer != NONE) {
            vertx.cancelTimer(timer);
            timer = NONE;
        }
        ringsAtNanos = Deadline.NEVER;
    }
}
