package dev.ebbgate.tools.figures;

import dev.ebbgate.core.tool.ToolLimits;
import dev.ebbgate.tools.Outcome;
import dev.ebbgate.tools.Tool;
import dev.ebbgate.tools.ToolCall;
import dev.ebbgate.tools.ToolContext;
import dev.ebbgate.tools.ToolOptions;
import dev.ebbgate.tools.ToolRuntime;
import dev.ebbgate.tools.settings.Capacity;
import dev.ebbgate.tools.settings.ToolSettings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Ten thousand runs whose limits fire at one instant.
final class SameInstant {

    private static final int RUNS = 10_000;
    private static final int ROUNDS = 5;

    /// What a round came to.
    private record Round(double decidedMillis, double cleanedMillis, double cpuMicros, int early) {}

    private SameInstant() {}

    static List<Figure> measure() throws Exception {
        Round ours = round();
        Round pool = pool();
        Round future = future();
        for (int i = 1; i < ROUNDS; i++) {
            ours = better(ours, round());
            pool = better(pool, pool());
            future = better(future, future());
        }
        String what = "10,000 at one instant, best of " + ROUNDS + ": ";
        return List.of(
                Figure.of(what + "decided early", "runs", ours.early(), 0)
                        .beside(pool.early(), future.early()),
                Figure.of(what + "all decided after", "ms", ours.decidedMillis(), 50)
                        .beside(pool.decidedMillis(), future.decidedMillis()),
                Figure.of(what + "all cleaned up after", "ms", ours.cleanedMillis(), 100),
                Figure.of(what + "CPU per timeout", "µs", ours.cpuMicros(), Figure.NONE)
                        .beside(pool.cpuMicros(), future.cpuMicros()));
    }

    private static Round better(Round a, Round b) {
        Round best = a.decidedMillis() < b.decidedMillis() ? a : b;
        return new Round(
                best.decidedMillis(), best.cleanedMillis(), best.cpuMicros(), a.early + b.early);
    }

    private static Round round() throws InterruptedException {
        ToolSettings settings = ToolSettings.DEFAULT.withCapacity(Capacity.of(RUNS, 0));
        CountDownLatch cleaned = new CountDownLatch(RUNS);
        Tool<String, String> tool = Tool.of("many", settings, (_, ctx) -> hang(ctx, cleaned));
        try (ToolRuntime runtime = ToolRuntime.create()) {
            List<ToolCall<String>> calls = new ArrayList<>(RUNS);
            long instant = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
            for (int i = 0; i < RUNS; i++) {
                Duration left = Duration.ofNanos(instant - System.nanoTime());
                ToolOptions options = ToolOptions.DEFAULT.withLimits(ToolLimits.of(left));
                calls.add(runtime.start(tool, "", options));
            }
            long cpu = awaitNearly(instant);
            int early = 0;
            for (ToolCall<String> call : calls) {
                early += isEarly(call.await()) ? 1 : 0;
            }
            long decided = System.nanoTime() - instant;
            for (ToolCall<String> call : calls) {
                boolean _ = call.awaitTerminated(Duration.ofSeconds(10));
            }
            cleaned.await();
            long over = System.nanoTime() - instant;
            return new Round(decided / 1e6, over / 1e6, perRun(cpu), early);
        }
    }

    private static String hang(ToolContext ctx, CountDownLatch cleaned)
            throws InterruptedException {
        ctx.onCleanup("count", cleaned::countDown);
        ctx.sleep(Duration.ofHours(1));
        return "";
    }

    private static boolean isEarly(Outcome<?> outcome) {
        return !(outcome instanceof Outcome.TimedOut<?> it)
                || it.fired().elapsedNanos() < it.fired().value().nanos();
    }

    private static Round pool() throws InterruptedException {
        try (var executor = new ScheduledThreadPoolExecutor(1)) {
            CountDownLatch done = new CountDownLatch(RUNS);
            long instant = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
            for (int i = 0; i < RUNS; i++) {
                var _ =
                        executor.schedule(
                                done::countDown, instant - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
            long cpu = awaitNearly(instant);
            done.await();
            return new Round((System.nanoTime() - instant) / 1e6, 0, perRun(cpu), 0);
        }
    }

    private static Round future() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(RUNS);
        long instant = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        for (int i = 0; i < RUNS; i++) {
            var _ =
                    new CompletableFuture<String>()
                            .orTimeout(instant - System.nanoTime(), TimeUnit.NANOSECONDS)
                            .whenComplete((_, _) -> done.countDown());
        }
        long cpu = awaitNearly(instant);
        done.await();
        return new Round((System.nanoTime() - instant) / 1e6, 0, perRun(cpu), 0);
    }

    private static long awaitNearly(long instant) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(instant - System.nanoTime() - 10_000_000);
        return Machine.cpuNanos();
    }

    private static double perRun(long cpuBefore) {
        return (Machine.cpuNanos() - cpuBefore) / 1e3 / RUNS;
    }
}
