package dev.ebbgate.sim.play;

import io.vertx.core.Context;
import io.vertx.core.Vertx;

import java.util.List;

/// The prefills under way in one simulator, sharing one rate. Safe for threads: requests join from
/// every event loop, and each is called back on its own.
public final class Prefilling {

    private final Vertx vertx;
    private final ProcessorSharing machine = new ProcessorSharing();
    private long timer = -1;

    public Prefilling(Vertx vertx) {
        this.vertx = vertx;
    }

    /// Runs `whenDone` on `context` when the work is done; until then it may [#leave].
    synchronized ProcessorSharing.Job join(long nanos, Context context, Runnable whenDone) {
        ProcessorSharing.Job job =
                machine.join(
                        nanos, System.nanoTime(), () -> context.runOnContext(_ -> whenDone.run()));
        arm();
        return job;
    }

    synchronized void leave(ProcessorSharing.Job job) {
        machine.leave(job, System.nanoTime());
        arm();
    }

    private void wake() {
        List<ProcessorSharing.Job> done;
        synchronized (this) {
            timer = -1;
            done = machine.done(System.nanoTime());
            arm();
        }
        done.forEach(job -> job.whenDone().run());
    }

    private void arm() {
        if (timer >= 0) {
            vertx.cancelTimer(timer);
            timer = -1;
        }
        long nanos = machine.nextNanos();
        if (nanos != ProcessorSharing.NEVER) {
            timer = vertx.setTimer(Math.max(1, (nanos + 999_999) / 1_000_000), _ -> wake());
        }
    }
}
