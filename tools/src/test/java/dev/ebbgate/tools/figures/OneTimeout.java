package dev.ebbgate.tools.figures;

import dev.ebbgate.tools.Outcome;
import dev.ebbgate.tools.Tool;
import dev.ebbgate.tools.ToolContext;
import dev.ebbgate.tools.ToolOptions;
import dev.ebbgate.tools.ToolRuntime;
import dev.ebbgate.tools.settings.ToolSettings;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// One at a time, as whoever waits for it sees it.
final class OneTimeout {

    private static final int TIMES = 300;
    private static final long LIMIT = Duration.ofMillis(20).toNanos();

    private OneTimeout() {}

    static List<Figure> measure() throws Exception {
        Latenesses ours = new Latenesses(TIMES);
        Latenesses pool = new Latenesses(TIMES);
        Latenesses future = new Latenesses(TIMES);
        Tool<String, String> tool = Tool.of("one", settings(), OneTimeout::hang);
        try (ToolRuntime runtime = ToolRuntime.create();
                var executor = new ScheduledThreadPoolExecutor(1)) {
            for (int i = 0; i < TIMES; i++) {
                ours.put(i, ours(runtime, tool));
                pool.put(i, pool(executor));
                future.put(i, future());
            }
        }
        return List.of(
                Figure.of("one timeout: decided early", "of " + TIMES, ours.early(), 0)
                        .beside(pool.early(), future.early()),
                Figure.of("one timeout: late, median", "ms", ours.millis(0.5), 5)
                        .beside(pool.millis(0.5), future.millis(0.5)),
                Figure.of("one timeout: late, p99", "ms", ours.millis(0.99), Figure.NONE)
                        .beside(pool.millis(0.99), future.millis(0.99)));
    }

    private static ToolSettings settings() {
        return ToolSettings.of(Duration.ofNanos(LIMIT));
    }

    private static String hang(String args, ToolContext ctx) throws InterruptedException {
        ctx.sleep(Duration.ofHours(1));
        return args;
    }

    private static long ours(ToolRuntime runtime, Tool<String, String> tool)
            throws InterruptedException {
        long start = System.nanoTime();
        Outcome<String> _ = runtime.start(tool, "", ToolOptions.DEFAULT).await();
        return System.nanoTime() - start - LIMIT;
    }

    private static long pool(ScheduledThreadPoolExecutor executor) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        long start = System.nanoTime();
        var _ = executor.schedule(done::countDown, LIMIT, TimeUnit.NANOSECONDS);
        done.await();
        return System.nanoTime() - start - LIMIT;
    }

    private static long future() {
        long start = System.nanoTime();
        try {
            var _ = new CompletableFuture<String>().orTimeout(LIMIT, TimeUnit.NANOSECONDS).join();
        } catch (CompletionException _) {
            // as it should
        }
        return System.nanoTime() - start - LIMIT;
    }
}
