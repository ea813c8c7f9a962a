package dev.ebbgate.tools.figures;

import dev.ebbgate.tools.Tool;
import dev.ebbgate.tools.ToolContext;
import dev.ebbgate.tools.ToolOptions;
import dev.ebbgate.tools.ToolRuntime;
import dev.ebbgate.tools.settings.ToolSettings;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// What a sign of life costs; beside it, what a timer costs that is cancelled and armed again.
final class Heartbeats {

    private static final int TIMES = 10_000_000;
    private static final int AGAIN = 300_000;

    private Heartbeats() {}

    static List<Figure> measure() throws Exception {
        ToolSettings settings = ToolSettings.of(Duration.ofMinutes(2));
        try (ToolRuntime runtime = ToolRuntime.create()) {
            Tool<String, Double> tool = Tool.of("beats", settings, (_, ctx) -> beat(ctx));
            double ours = runtime.start(tool, "", ToolOptions.DEFAULT).await().orThrow();
            return List.of(Figure.of("heartbeat", "ns", ours, 50).beside(pool(), Figure.NONE));
        }
    }

    private static double beat(ToolContext ctx) {
        double best = Double.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < TIMES; i++) {
                ctx.heartbeat();
            }
            best = Math.min(best, (double) (System.nanoTime() - start) / TIMES);
        }
        return best;
    }

    private static double pool() {
        try (var executor = new ScheduledThreadPoolExecutor(1)) {
            executor.setRemoveOnCancelPolicy(true);
            double best = Double.MAX_VALUE;
            for (int round = 0; round < 5; round++) {
                best = Math.min(best, again(executor));
            }
            return best;
        }
    }

    private static double again(ScheduledThreadPoolExecutor executor) {
        long start = System.nanoTime();
        ScheduledFuture<?> armed = executor.schedule(() -> {}, 1, TimeUnit.HOURS);
        for (int i = 0; i < AGAIN; i++) {
            boolean _ = armed.cancel(false);
            armed = executor.schedule(() -> {}, 1, TimeUnit.HOURS);
        }
        boolean _ = armed.cancel(false);
        return (double) (System.nanoTime() - start) / AGAIN;
    }
}
