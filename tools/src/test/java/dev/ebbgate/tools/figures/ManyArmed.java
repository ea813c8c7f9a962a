package dev.ebbgate.tools.figures;

import dev.ebbgate.tools.time.TimeSource;
import dev.ebbgate.tools.time.Timer;
import dev.ebbgate.tools.time.Timers;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// A hundred thousand deadlines.
final class ManyArmed {

    private static final int COUNT = 100_000;
    private static final long SPREAD = TimeUnit.SECONDS.toNanos(2);
    private static final long LEAD = TimeUnit.SECONDS.toNanos(1);
    private static final long HOUR = TimeUnit.HOURS.toNanos(1);
    private static final long LOOK = TimeUnit.SECONDS.toNanos(4);

    private ManyArmed() {}

    static List<Figure> measure() throws Exception {
        Latenesses ours = lateness();
        Latenesses pool = poolLateness();
        double[] held = held();
        double poolBytes = poolBytes();
        return List.of(
                Figure.of("100,000 armed: early", "timers", ours.early(), 0)
                        .beside(pool.early(), Figure.NONE),
                Figure.of("100,000 armed over 2 s: late, p99.9", "ms", ours.millis(0.999), 5)
                        .beside(pool.millis(0.999), Figure.NONE),
                Figure.of("100,000 armed: memory for each", "bytes", held[0], 250)
                        .beside(poolBytes, Figure.NONE),
                Figure.of("100,000 armed, none due: CPU of the process", "%", held[1], 1));
    }

    private static final class Counting extends Timer {
        private final int index;
        private final long at;
        private final Latenesses late;
        private final CountDownLatch done;

        private Counting(int index, long at, Latenesses late, CountDownLatch done) {
            this.index = index;
            this.at = at;
            this.late = late;
            this.done = done;
        }

        @Override
        protected void fire(long nowNanos) {
            late.put(index, System.nanoTime() - at);
            done.countDown();
        }
    }

    private static Latenesses lateness() throws InterruptedException {
        Latenesses late = new Latenesses(COUNT);
        CountDownLatch done = new CountDownLatch(COUNT);
        try (Timers timers = new Timers(TimeSource.REAL)) {
            long start = System.nanoTime() + LEAD;
            for (int i = 0; i < COUNT; i++) {
                long at = start + SPREAD / COUNT * i;
                timers.arm(new Counting(i, at, late, done), at);
            }
            done.await();
        }
        return late;
    }

    private static Latenesses poolLateness() throws InterruptedException {
        Latenesses late = new Latenesses(COUNT);
        CountDownLatch done = new CountDownLatch(COUNT);
        try (var executor = new ScheduledThreadPoolExecutor(1)) {
            long start = System.nanoTime() + LEAD;
            for (int i = 0; i < COUNT; i++) {
                Counting timer = new Counting(i, start + SPREAD / COUNT * i, late, done);
                var _ =
                        executor.schedule(
                                () -> timer.fire(0),
                                timer.at - System.nanoTime(),
                                TimeUnit.NANOSECONDS);
            }
            done.await();
        }
        return late;
    }

    /// Bytes for each, and the share of a processor in percent.
    private static double[] held() throws InterruptedException {
        try (Timers timers = new Timers(TimeSource.REAL)) {
            long before = Machine.liveBytes();
            for (int i = 0; i < COUNT; i++) {
                timers.arm(new Idle(), System.nanoTime() + HOUR + i);
            }
            double bytes = (double) (Machine.liveBytes() - before) / COUNT;
            long cpu = Machine.cpuNanos();
            TimeUnit.NANOSECONDS.sleep(LOOK);
            double percent = 100.0 * (Machine.cpuNanos() - cpu) / LOOK;
            if (timers.armed() != COUNT) {
                throw new IllegalStateException("armed " + timers.armed());
            }
            return new double[] {bytes, percent};
        }
    }

    private static final class Idle extends Timer {
        @Override
        protected void fire(long nowNanos) {}
    }

    private static double poolBytes() {
        try (var executor = new ScheduledThreadPoolExecutor(1)) {
            long before = Machine.liveBytes();
            List<ScheduledFuture<?>> futures = new ArrayList<>(COUNT);
            for (int i = 0; i < COUNT; i++) {
                futures.add(executor.schedule(() -> {}, HOUR + i, TimeUnit.NANOSECONDS));
            }
            double bytes = (double) (Machine.liveBytes() - before) / COUNT;
            futures.forEach(future -> future.cancel(false));
            executor.shutdownNow();
            return bytes;
        }
    }
}
