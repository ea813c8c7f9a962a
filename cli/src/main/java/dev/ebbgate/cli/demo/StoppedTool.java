package dev.ebbgate.cli.demo;

import dev.ebbgate.core.tool.CancelMode;
import dev.ebbgate.core.tool.Effects;
import dev.ebbgate.core.tool.ToolLimit;
import dev.ebbgate.core.tool.ToolLimits;
import dev.ebbgate.tools.Outcome;
import dev.ebbgate.tools.PartialReader;
import dev.ebbgate.tools.Tool;
import dev.ebbgate.tools.ToolCall;
import dev.ebbgate.tools.ToolContext;
import dev.ebbgate.tools.ToolOptions;
import dev.ebbgate.tools.ToolRuntime;
import dev.ebbgate.tools.model.ModelResult;
import dev.ebbgate.tools.model.ModelWords;
import dev.ebbgate.tools.settings.ToolSettings;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/// A tool that streams, then hangs in a socket, with a process of its own beside it.
final class StoppedTool {

    private static final Duration IDLE = Duration.ofSeconds(2);
    private static final Duration LATEST = Duration.ofSeconds(2);
    private static final List<Object> PAGES = List.of("page 1", "page 2", "page 3");
    private static final ToolSettings SETTINGS =
            ToolSettings.of(
                            ToolLimits.of(Duration.ofSeconds(60))
                                    .withIdle(IDLE)
                                    .withGrace(Duration.ofSeconds(1)))
                    .withMode(CancelMode.KILL_PROCESS);

    private final ToolLines lines;
    private final List<String> cleanups = new CopyOnWriteArrayList<>();
    private final AtomicReference<Process> process = new AtomicReference<>();
    private volatile long lastNanos;

    StoppedTool(Terminal terminal) {
        lines =
                new ToolLines(
                        terminal,
                        "1  A tool that streams, then hangs",
                        "It hands out three pages, one every half second, with a process of its own"
                            + " at work. Then its server says nothing more. It has 60 seconds in"
                            + " all, and may be silent for 2 (idle 2s).");
    }

    /// Answers what was not as told.
    List<String> play(ToolRuntime runtime) throws IOException, InterruptedException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Tool<ServerSocket, String> search = Tool.of("search", SETTINGS, this::search);
            ToolCall<String> call =
                    runtime.start(search, server, ToolOptions.call("call_1").streamed(1));
            lines.saw("called");
            read(call.reader());
            Outcome<String> outcome = call.await();
            long silentNanos = System.nanoTime() - lastNanos;
            lines.saw("the caller has its outcome:", outcome.text());
            boolean ended = call.awaitTerminated(Duration.ofSeconds(5));
            lines.saw(ended ? "body and cleanups have ended" : "something has not ended");
            ModelResult told = ModelWords.DEFAULT.of(call);
            lines.saw("the model is told:", told.text());
            lines.saw(
                    "which is, as OpenAI and Anthropic want it:", told.openAi(), told.anthropic());
            return deviations(outcome, silentNanos, call, told);
        }
    }

    private void read(PartialReader reader) throws InterruptedException {
        for (var next = reader.next(); next.isPresent(); next = reader.next()) {
            lines.saw("read " + next.get());
        }
    }

    private String search(ServerSocket server, ToolContext ctx) throws Exception {
        ctx.onCleanup("index", () -> clean("the index is released"));
        process.set(ctx.own(new ProcessBuilder("sleep", "300")));
        ctx.onCleanup("cursor", () -> clean("the cursor is closed"));
        for (Object page : PAGES) {
            ctx.sleep(Duration.ofMillis(500));
            lastNanos = System.nanoTime();
            ctx.emit(page);
        }
        Socket silent = ctx.own(new Socket(server.getInetAddress(), server.getLocalPort()));
        return "byte " + silent.getInputStream().read();
    }

    private void clean(String what) {
        cleanups.add(what);
        lines.saw("cleanup: " + what);
    }

    private List<String> deviations(
            Outcome<String> outcome, long silentNanos, ToolCall<String> call, ModelResult told) {
        Process child = process.get();
        return new Checks()
                .that(
                        outcome instanceof Outcome.TimedOut<String> it
                                && it.fired().limit() == ToolLimit.IDLE,
                        outcome.text())
                .that(silentNanos >= IDLE.toNanos(), "it was stopped early")
                .that(
                        silentNanos <= IDLE.plus(LATEST).toNanos(),
                        "it was stopped after " + Text.seconds(silentNanos) + " of silence")
                .that(outcome.partials().equals(PAGES), "kept " + outcome.partials())
                .that(
                        cleanups.equals(List.of("the cursor is closed", "the index is released")),
                        "cleanups: " + cleanups)
                .that(child != null && !child.isAlive(), "its process lives on")
                .that(call.effects() == Effects.STOPPED, "effects: " + call.effects())
                .that(
                        told.failed() && told.text().contains("is not running any more"),
                        "the model was told something else")
                .deviations();
    }
}
