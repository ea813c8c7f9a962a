package dev.ebbgate.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.tool.ToolLimits;
import dev.ebbgate.tools.ToolOptions;
import dev.ebbgate.tools.ToolRuntime;
import dev.ebbgate.tools.settings.ToolSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Nothing of a server is left behind.
class ProcessTreeTest {

    private static final McpLimits HASTY = McpLimits.DEFAULT.withGrace(Duration.ofMillis(300));

    @TempDir Path folder;

    /// A launcher that leaves a child of its own behind.
    private ProcessBuilder launcher(Path child, String... more) {
        List<String> command = new ArrayList<>();
        command.addAll(
                List.of("sh", "-c", "sleep 300 & echo $! >\"$0\"; \"$@\"", child.toString()));
        command.addAll(StdioTest.command(folder.resolve("heard"), more).command());
        return new ProcessBuilder(command);
    }

    @Test
    void closedServer_leavesNoProcessBehind() throws Exception {
        Path child = folder.resolve("child");
        McpServer server = McpServer.start(launcher(child), HASTY);
        assertThat(isAlive(child)).isTrue();

        server.close();

        assertThat(Heard.eventually(() -> !isAlive(child))).isTrue();
        assertThat(server.isAlive()).isFalse();
    }

    @Test
    void serverThatIgnoresEverything_isKilled() throws Exception {
        Path child = folder.resolve("child");
        McpServer server = McpServer.start(launcher(child, "stubborn"), HASTY);
        List<ProcessHandle> all = ProcessHandle.current().descendants().toList();

        server.close();

        assertThat(Heard.eventually(() -> !isAlive(child))).isTrue();
        assertThat(all).isNotEmpty();
    }

    @Test
    void serverThatDies_takesItsChildrenWithIt() throws Exception {
        Path child = folder.resolve("child");
        try (ToolRuntime runtime = ToolRuntime.create();
                McpServer server = McpServer.start(launcher(child), HASTY)) {
            var die = server.tool("die", ToolSettings.of(ToolLimits.of(Duration.ofSeconds(60))));

            var _ = runtime.start(die, Map.of(), ToolOptions.DEFAULT).await();

            assertThat(Heard.eventually(() -> !isAlive(child))).isTrue();
        }
    }

    private static boolean isAlive(Path child) {
        try {
            long pid = Long.parseLong(Files.readString(child).strip());
            return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
