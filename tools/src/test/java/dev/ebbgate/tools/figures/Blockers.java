package dev.ebbgate.tools.figures;

import dev.ebbgate.core.tool.CancelMode;
import dev.ebbgate.core.tool.ToolLimits;
import dev.ebbgate.tools.Outcome;
import dev.ebbgate.tools.Tool;
import dev.ebbgate.tools.ToolCall;
import dev.ebbgate.tools.ToolOptions;
import dev.ebbgate.tools.ToolRuntime;
import dev.ebbgate.tools.settings.ToolSettings;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/// What bodies hang in, whether they can be stopped, and after how long: one at a time, with a
/// limit and a grace of 300 ms each.
final class Blockers {

    private static final Duration SPAN = Duration.ofMillis(300);
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final double MILLI = 1e6;

    private final StringBuilder rows = new StringBuilder();

    private Blockers() {}

    /// The table, as Markdown.
    static String table() throws Exception {
        Blockers blockers = new Blockers();
        blockers.measure();
        return """
        | a body that hangs in | decided, ms after its limit | becomes | ms after the decision |
        |---|--:|---|--:|
        %s\
        """
                .formatted(blockers.rows);
    }

    private void measure() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket = new Socket(server.getInetAddress(), server.getLocalPort())) {
            row(
                    "reading a socket",
                    CancelMode.INTERRUPT,
                    (_, _) -> {
                        int read = socket.getInputStream().read();
                        return "" + read;
                    });
        }
        row(
                "waiting for a latch",
                CancelMode.INTERRUPT,
                (_, _) -> {
                    new CountDownLatch(1).await();
                    return "";
                });
        row(
                "waiting for a process of its own",
                CancelMode.KILL_PROCESS,
                (_, ctx) -> {
                    Process process = ctx.own(new ProcessBuilder("sleep", "300"));
                    return "" + process.waitFor();
                });
        row(
                "reading the output of a process of its own",
                CancelMode.KILL_PROCESS,
                (_, ctx) -> {
                    Process process = ctx.own(new ProcessBuilder("sleep", "300"));
                    return "" + process.getInputStream().read();
                });
        lock();
        loop();
    }

    @SuppressWarnings("LockNotBeforeTry") // two threads, and one of them hangs
    private void lock() throws Exception {
        ReentrantLock lock = new ReentrantLock();
        lock.lock();
        try {
            row(
                    "`Lock.lock`",
                    CancelMode.INTERRUPT,
                    (_, _) -> {
                        lock.lock();
                        lock.unlock();
                        return "";
                    });
        } finally {
            lock.unlock();
        }
    }

    private void loop() throws Exception {
        AtomicBoolean goesOn = new AtomicBoolean(true);
        try {
            row(
                    "a loop that looks at nothing",
                    CancelMode.INTERRUPT,
                    (_, _) -> {
                        while (goesOn.get()) {
                            Thread.onSpinWait();
                        }
                        return "";
                    });
        } finally {
            goesOn.set(false);
        }
    }

    private void row(String what, CancelMode mode, Tool.Body<String, String> body)
            throws Exception {
        ToolSettings settings = ToolSettings.of(ToolLimits.of(SPAN).withGrace(SPAN)).withMode(mode);
        ToolRuntime runtime = ToolRuntime.create(); // closed by nobody: its body may hang
        long start = System.nanoTime();
        ToolCall<String> call =
                runtime.start(Tool.of("t", settings, body), "", ToolOptions.DEFAULT);
        Outcome<String> _ = call.await();
        long decided = System.nanoTime();
        boolean abandoned = isAbandoned(runtime, call, decided);
        long over = System.nanoTime();
        rows.append(
                String.format(
                        Locale.ROOT,
                        "| %s | %.1f | %s | %.1f |%n",
                        what,
                        (decided - start - SPAN.toNanos()) / MILLI,
                        abandoned ? "given up" : "stopped",
                        (over - decided) / MILLI));
    }

    /// Waits until it has ended or is given up.
    private static boolean isAbandoned(ToolRuntime runtime, ToolCall<?> call, long sinceNanos)
            throws InterruptedException {
        while (!call.awaitTerminated(Duration.ofMillis(1))) {
            if (!runtime.abandoned().isEmpty()) {
                return true;
            }
            if (System.nanoTime() - sinceNanos > SOON.toNanos()) {
                throw new IllegalStateException("it neither ended nor was given up");
            }
        }
        return false;
    }
}
