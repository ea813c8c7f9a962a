package dev.ebbgate.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.ebbgate.core.tool.ToolLimit;
import dev.ebbgate.core.tool.ToolLimits;
import dev.ebbgate.tools.Outcome;
import dev.ebbgate.tools.ToolOptions;
import dev.ebbgate.tools.ToolRuntime;
import dev.ebbgate.tools.event.ToolEvent;
import dev.ebbgate.tools.settings.ToolSettings;

import io.modelcontextprotocol.spec.McpSchema;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// The official server for tests, over both transports. Skipped where it is not installed, which
/// `adapters/mcp/install-everything` does, given node and npm.
class EverythingTest {

    private static final Path PROGRAM =
            Path.of("target/everything/node_modules/@modelcontextprotocol/server-everything/dist")
                    .resolve("index.js");
    private static final String LONG_RUNNING = "trigger-long-running-operation";

    private final Queue<ToolEvent> events = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void installed() {
        assumeThat(Files.exists(PROGRAM))
                .as("server-everything is installed by adapters/mcp/install-everything")
                .isTrue();
    }

    private static ProcessBuilder command(String transport) {
        return new ProcessBuilder("node", PROGRAM.toString(), transport);
    }

    @Test
    void overStdio_itsToolsRunWithOurLimits() throws Exception {
        try (McpServer server = McpServer.start(command("stdio"), McpLimits.DEFAULT)) {
            assertThatItsToolsRunWithOurLimits(server);
        }
    }

    @Test
    void overHttp_itsToolsRunWithOurLimits() throws Exception {
        int port = freePort();
        ProcessBuilder command =
                command("streamableHttp")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        command.environment().put("PORT", Integer.toString(port));
        Process process = command.start();
        try {
            assertThat(Heard.eventually(() -> listens(port))).isTrue();
            URI endpoint = URI.create("http://127.0.0.1:" + port + "/mcp");
            try (McpServer server = McpServer.connect(endpoint, McpLimits.DEFAULT)) {
                assertThatItsToolsRunWithOurLimits(server);
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private void assertThatItsToolsRunWithOurLimits(McpServer server) throws Exception {
        assertThat(server.offers()).extracting(McpSchema.Tool::name).contains(LONG_RUNNING);
        Duration idle = Duration.ofSeconds(2);

        // progress every half second keeps it alive beyond idle
        Outcome<String> whole = run(server, ToolLimits.of(Duration.ofSeconds(60)).withIdle(idle));
        assertThat(whole.orThrow()).startsWith("Long running operation completed");
        assertThat(whole.report().elapsedNanos()).isGreaterThan(idle.toNanos());
        assertThat(events.stream().filter(ToolEvent.Progress.class::isInstance)).isNotEmpty();

        // but not beyond total
        Outcome<String> cut = run(server, ToolLimits.of(Duration.ofSeconds(1)).withIdle(idle));
        assertThat(((Outcome.TimedOut<String>) cut).fired().limit()).isEqualTo(ToolLimit.TOTAL);

        // and the server is as ready as before
        Outcome<String> next = run(server, "echo", Map.of("message", "here"), ToolLimits.DEFAULT);
        assertThat(next.orThrow()).contains("here");
    }

    private Outcome<String> run(McpServer server, ToolLimits limits) throws InterruptedException {
        return run(server, LONG_RUNNING, Map.of("duration", 3, "steps", 6), limits);
    }

    private Outcome<String> run(
            McpServer server, String tool, Map<String, Object> args, ToolLimits limits)
            throws InterruptedException {
        try (ToolRuntime runtime = ToolRuntime.builder().listener(events::add).build()) {
            return runtime.start(
                            server.tool(tool, ToolSettings.of(limits)), args, ToolOptions.DEFAULT)
                    .await();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean listens(int port) {
        try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
