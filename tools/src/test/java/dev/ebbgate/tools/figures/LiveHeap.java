package dev.ebbgate.tools.figures;

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

/// What is left over of very many calls, half of which timed out.
final class LiveHeap {

    private static final int AT_ONCE = 2_000;

    private LiveHeap() {}

    static List<Figure> measure(int calls) throws Exception {
        ToolSettings settings =
                ToolSettings.of(Duration.ofMillis(1)).withCapacity(Capacity.of(AT_ONCE, AT_ONCE));
        Tool<Boolean, String> tool = Tool.of("heap", settings, LiveHeap::work);
        try (ToolRuntime runtime = ToolRuntime.create()) {
            int _ = run(runtime, tool, AT_ONCE * 10);
            long before = Machine.liveBytes();
            long start = System.nanoTime();
            int timedOut = run(runtime, tool, calls);
            double micros = (System.nanoTime() - start) / 1e3 / calls;
            long grown = Machine.liveBytes() - before;
            ToolRuntime.Load load = runtime.load();
            int left = load.live() + load.taken() + load.queued() + load.timers() + load.keys();
            String what = String.format("%,d calls, %,d timed out: ", calls, timedOut);
            return List.of(
                    Figure.of(
                            what + "live heap grown",
                            "bytes",
                            (double) Math.max(0, grown),
                            1_000_000),
                    Figure.of(what + "entries in all maps", "", left + load.abandoned(), 0),
                    Figure.of(what + "time for each", "µs", micros, Figure.NONE));
        }
    }

    private static int run(ToolRuntime runtime, Tool<Boolean, String> tool, int calls)
            throws InterruptedException {
        int timedOut = 0;
        for (int done = 0; done < calls; done += AT_ONCE) {
            List<ToolCall<String>> wave = new ArrayList<>(AT_ONCE);
            for (int i = 0; i < AT_ONCE; i++) {
                wave.add(runtime.start(tool, i % 2 == 0, ToolOptions.DEFAULT));
            }
            for (ToolCall<String> call : wave) {
                timedOut += call.await() instanceof Outcome.TimedOut<?> ? 1 : 0;
                boolean _ = call.awaitTerminated(Duration.ofSeconds(30));
            }
        }
        return timedOut;
    }

    private static String work(boolean hangs, ToolContext ctx) throws InterruptedException {
        if (hangs) {
            ctx.sleep(Duration.ofHours(1));
        }
        return "done";
    }
}
