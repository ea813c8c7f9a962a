package dev.ebbgate.tools.figures;

import dev.ebbgate.core.tool.CancelReason;
import dev.ebbgate.tools.Tool;
import dev.ebbgate.tools.ToolCall;
import dev.ebbgate.tools.ToolContext;
import dev.ebbgate.tools.ToolOptions;
import dev.ebbgate.tools.ToolRuntime;
import dev.ebbgate.tools.settings.Capacity;
import dev.ebbgate.tools.settings.ToolSettings;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/// Ten levels, ten children a level of which one goes on, cancelled at the root.
final class Tree {

    private static final int LEVELS = 10;
    private static final int CHILDREN = 10;
    private static final int RUNS = 1 + LEVELS * CHILDREN;
    private static final int ROUNDS = 20;

    private final CountDownLatch grown = new CountDownLatch(RUNS);
    private final AtomicLong lastToldNanos = new AtomicLong();
    private final AtomicLong lastOutNanos = new AtomicLong();

    private Tree() {}

    static List<Figure> measure() throws Exception {
        double told = Double.MAX_VALUE;
        double out = Double.MAX_VALUE;
        for (int i = 0; i < ROUNDS; i++) {
            Tree tree = new Tree();
            long start = tree.cancel();
            told = Math.min(told, (tree.lastToldNanos.get() - start) / 1e6);
            out = Math.min(out, (tree.lastOutNanos.get() - start) / 1e6);
        }
        String what = "tree of " + RUNS + " runs cancelled, best of " + ROUNDS + ": ";
        return List.of(
                Figure.of(what + "all tokens set", "ms", told, 5),
                Figure.of(what + "all bodies out", "ms", out, 50));
    }

    private long cancel() throws InterruptedException {
        try (ToolRuntime runtime = ToolRuntime.create()) {
            ToolCall<String> root = runtime.start(tool(0), 0, ToolOptions.DEFAULT);
            grown.await();
            long start = System.nanoTime();
            root.cancel(CancelReason.CALLER);
            boolean _ = root.awaitTerminated(Duration.ofSeconds(10));
            while (runtime.load().live() > 0) {
                Thread.onSpinWait();
            }
            return start;
        }
    }

    private Tool<Integer, String> tool(int level) {
        ToolSettings settings =
                ToolSettings.of(Duration.ofMinutes(1)).withCapacity(Capacity.of(RUNS, 0));
        return Tool.of("level " + level, settings, (index, ctx) -> grow(level, index, ctx));
    }

    private String grow(int level, int index, ToolContext ctx) throws InterruptedException {
        try {
            if (index == 0 && level < LEVELS) {
                for (int i = 0; i < CHILDREN; i++) {
                    ToolCall<String> _ = ctx.start(tool(level + 1), i, ToolOptions.DEFAULT);
                }
            }
            grown.countDown();
            ctx.sleep(Duration.ofMinutes(5));
            return "";
        } finally {
            // The sleep ends with the token, so this is when the body has seen it.
            note(lastToldNanos);
            note(lastOutNanos);
        }
    }

    private static void note(AtomicLong last) {
        long now = System.nanoTime();
        last.accumulateAndGet(now, (before, at) -> before == 0 || at - before > 0 ? at : before);
    }
}
