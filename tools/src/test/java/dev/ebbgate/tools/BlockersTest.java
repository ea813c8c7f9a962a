package dev.ebbgate.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.tool.CancelMode;
import dev.ebbgate.core.tool.Effects;
import dev.ebbgate.core.tool.ToolLimits;
import dev.ebbgate.tools.settings.ToolSettings;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

/// What real bodies can hang in, and what becomes of them: on the real clock, so the bounds are
/// wide upwards, and strict downwards.
@Timeout(60)
class BlockersTest {

    private static final Duration TOTAL = Duration.ofMillis(300);
    private static final Duration GRACE = Duration.ofMillis(300);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final ToolSettings SETTINGS =
            ToolSettings.of(ToolLimits.of(TOTAL).withGrace(GRACE));

    private final ToolRuntime runtime = ToolRuntime.create();

    @Test
    @DisplayName("S12: blocked in a socket's read: stopped by the interrupt")
    void socketRead_isStopped() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket = new Socket(server.getInetAddress(), server.getLocalPort())) {
            assertStopped(
                    SETTINGS,
                    (_, _) -> {
                        int read = socket.getInputStream().read();
                        return "" + read;
                    });
        }
    }

    @Test
    @DisplayName("S12: blocked in a channel: stopped by the interrupt")
    void channelRead_isStopped() throws Exception {
        Pipe pipe = Pipe.open();
        assertStopped(
                SETTINGS,
                (_, ctx) -> {
                    var source = ctx.own(pipe.source());
                    return "" + source.read(ByteBuffer.allocate(1));
                });
        pipe.sink().close();
    }

    @Test
    @DisplayName("S12: waiting for a child process: the process is gone with the body")
    void childProcess_isEnded() throws Exception {
        AtomicReference<Process> child = new AtomicReference<>();

        assertStopped(
                SETTINGS.withMode(CancelMode.KILL_PROCESS),
                (_, ctx) -> {
                    Process process = ctx.own(new ProcessBuilder("sleep", "300"));
                    child.set(process);
                    return "" + process.waitFor();
                });

        assertThat(child.get().isAlive()).isFalse();
    }

    @Test
    @EnabledOnOs(OS.LINUX) // elsewhere nobody can find it
    @DisplayName("S12: a child that has lost its parent ends with the body all the same")
    void childWithoutParent_isEnded() throws Exception {
        String script = "setsid sh -c 'sleep 300 > /dev/null & echo $!'";
        Tool<String, Long> tool =
                Tool.of(
                        "orphan",
                        ToolSettings.of(SOON),
                        (_, ctx) -> {
                            Process process = ctx.own(new ProcessBuilder("sh", "-c", script));
                            long child = Long.parseLong(process.inputReader().readLine());
                            assertThat(commandOf(child)).isNotEmpty();
                            assertThat(process.waitFor()).isZero();
                            return child;
                        });

        ToolCall<Long> call = runtime.start(tool, "", ToolOptions.DEFAULT);

        long child = call.await().orThrow();
        assertEnds(call);
        assertThat(commandOf(child)).isEmpty();
    }

    /// Empty for one that has ended, whether or not anyone has taken notice.
    private static String commandOf(long process) throws Exception {
        Path command = Path.of("/proc", "" + process, "cmdline");
        return Files.exists(command) ? Files.readString(command) : "";
    }

    @Test
    @DisplayName("S12: reading a child's output, which ignores interrupts: freed by the kill")
    void outputOfAChild_isFreed() throws Exception {
        assertStopped(
                SETTINGS.withMode(CancelMode.KILL_PROCESS),
                (_, ctx) -> {
                    Process process = ctx.own(new ProcessBuilder("sleep", "300"));
                    return "" + process.getInputStream().read();
                });
    }

    @Test
    @DisplayName("S12: waiting for a lock without heeding interrupts: abandoned, and counted")
    @SuppressWarnings("LockNotBeforeTry") // two threads, and one of them hangs
    void lock_isAbandoned() throws Exception {
        ReentrantLock lock = new ReentrantLock();
        lock.lock();
        ToolCall<String> call =
                abandoned((_, _) -> {
                    lock.lock();
                    lock.unlock();
                    return "";
                });
        assertThat(runtime.abandoned().getFirst().stack()).isNotEmpty();

        lock.unlock();

        assertEnds(call);
    }

    @Test
    @DisplayName("S12: a busy loop that ignores everything: abandoned, and counted")
    void busyLoop_isAbandoned() throws Exception {
        AtomicBoolean go = new AtomicBoolean(true);
        ToolCall<String> call =
                abandoned((_, _) -> {
                    while (go.get()) {
                        Thread.onSpinWait();
                    }
                    return "";
                });

        go.set(false);

        assertEnds(call);
    }

    @Test
    @DisplayName("S12: a file's channel that is owned is closed with the body")
    void fileChannel_isClosed() throws Exception {
        AtomicReference<FileChannel> opened = new AtomicReference<>();
        CountDownLatch never = new CountDownLatch(1);

        assertStopped(
                SETTINGS,
                (_, ctx) -> {
                    opened.set(ctx.own(FileChannel.open(java.nio.file.Path.of("pom.xml"))));
                    never.await();
                    return "";
                });

        assertThat(opened.get().isOpen()).isFalse();
    }

    private void assertStopped(ToolSettings settings, Tool.Body<String, String> body)
            throws Exception {
        ToolCall<String> call = timedOut(settings, body);

        assertThat(call.awaitTerminated(SOON)).isTrue();
        assertThat(call.effects()).isEqualTo(Effects.STOPPED);
        assertThat(runtime.abandoned()).isEmpty();
    }

    private ToolCall<String> abandoned(Tool.Body<String, String> body) throws Exception {
        ToolCall<String> call = timedOut(SETTINGS, body);
        long start = System.nanoTime();
        while (runtime.abandoned().isEmpty() && System.nanoTime() - start < SOON.toNanos()) {
            Thread.sleep(5);
        }

        assertThat(call.effects()).isEqualTo(Effects.UNKNOWN_STILL_RUNNING);
        assertThat(runtime.abandoned()).hasSize(1);
        return call;
    }

    private void assertEnds(ToolCall<?> call) throws Exception {
        assertThat(call.awaitTerminated(SOON)).isTrue();
        assertThat(runtime.abandoned()).isEmpty();
        assertThat(runtime.load().taken()).isZero();
    }

    private ToolCall<String> timedOut(ToolSettings settings, Tool.Body<String, String> body)
            throws Exception {
        long start = System.nanoTime();
        ToolCall<String> call =
                runtime.start(Tool.of("t", settings, body), "", ToolOptions.DEFAULT);

        Outcome<String> outcome = call.await();

        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        assertThat(outcome).isInstanceOf(Outcome.TimedOut.class);
        assertThat(elapsed).isBetween(TOTAL, SOON);
        return call;
    }
}
