package dev.ebbgate.tools.time;

import dev.ebbgate.core.limit.Deadline;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/// Wakes those who wait for a condition to become true. Rung after each change; it costs nothing
/// while nobody waits.
public final class Bell {

    private final TimeSource time;
    private @Nullable List<Thread> waiting;

    public Bell(TimeSource time) {
        this.time = time;
    }

    /// Something has changed: whoever waits looks again.
    public synchronized void ring() {
        if (waiting != null) {
            waiting.forEach(time::unpark);
        }
    }

    /// Waits for the condition, or until that moment.
    ///
    /// @param condition is asked on the waiting thread; must see what was written before the ring
    /// @param untilNanos `Deadline.NEVER` to wait for ever
    /// @return whether the condition was true
    public boolean await(BooleanSupplier condition, long untilNanos) throws InterruptedException {
        if (condition.getAsBoolean()) {
            return true;
        }
        Thread self = Thread.currentThread();
        enter(self);
        try {
            while (!condition.getAsBoolean()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (Deadline.due(untilNanos, time.nanoTime())) {
                    return condition.getAsBoolean();
                }
                time.park(untilNanos);
            }
            return true;
        } finally {
            leave(self);
        }
    }

    private synchronized void enter(Thread thread) {
        if (waiting == null) {
            waiting = new ArrayList<>(1);
        }
        waiting.add(thread);
    }

    private synchronized void leave(Thread thread) {
        if (waiting != null) {
            waiting.remove(thread);
        }
    }
}
