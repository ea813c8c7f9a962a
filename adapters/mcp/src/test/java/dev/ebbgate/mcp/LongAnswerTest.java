package dev.ebbgate.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.tools.ToolOptions;
import dev.ebbgate.tools.ToolRuntime;
import dev.ebbgate.tools.settings.ToolSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// P1 and P4: an answer that takes longer than the SDK's hidden 20 seconds.
class LongAnswerTest {

    @TempDir Path folder;

    @Test
    void answerThatTakesLongerThanTheSdkWaits_isWaitedFor() throws Exception {
        ProcessBuilder command = StdioTest.command(folder.resolve("heard"));
        try (ToolRuntime runtime = ToolRuntime.create();
                McpServer server = McpServer.start(command, McpLimits.DEFAULT)) {
            var slow = server.tool("slow", ToolSettings.of(Duration.ofMinutes(2)));

            var outcome = runtime.start(slow, Map.of(), ToolOptions.DEFAULT).await();

            assertThat(outcome.orThrow()).isEqualTo("at last");
            assertThat(outcome.report().elapsedNanos())
                    .isGreaterThan(Duration.ofSeconds(20).toNanos());
        }
    }
}
