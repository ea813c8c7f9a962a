package dev.ebbgate.gateway.loop;

import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.gateway.timer.Timer;
import dev.ebbgate.gateway.timer.Timers;

import org.jspecify.annotations.Nullable;

/// The one timer of an exchange. It is only ever set earlier; a flow that moves the machine's time
/// stamps leaves it alone, and when it then rings too early the machine is asked again.
final class Alarm {

    private final Timers timers;
    private final Runnable ring;
    private @Nullable Timer timer;
    private long ringsAtNanos;

    Alarm(Timers timers, Runnable ring) {
        this.timers = timers;
        this.ring = ring;
    }

    /// Makes sure that it rings by this moment, and not before one that was asked for.
    void set(long momentNanos, long nowNanos) {
        if (momentNanos == Deadline.NEVER || (timer != null && ringsAtNanos - momentNanos <= 0)) {
            return;
        }
        cancel();
        ringsAtNanos = momentNanos;
        timer = timers.after(Math.max(0, momentNanos - nowNanos), this::rang);
    }

    private void rang() {
        timer = null;
        ring.run();
    }

    void cancel() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
