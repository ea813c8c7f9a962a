package dev.ebbgate.mcp;

import dev.ebbgate.core.tool.ToolLimits;
import dev.ebbgate.tools.ToolCall;
import dev.ebbgate.tools.ToolOptions;
import dev.ebbgate.tools.ToolRuntime;
import dev.ebbgate.tools.model.ModelWords;
import dev.ebbgate.tools.settings.ToolSettings;

import java.io.IOException;
import java.time.Duration;

/// What `docs/tool-mcp.md` shows.
final class Snippet {

    private Snippet() {}

    static String answer(String argumentsOfTheModel) throws IOException, InterruptedException {
        // <mcp>
        var everything =
                new ProcessBuilder("npx", "-y", "@modelcontextprotocol/server-everything", "stdio");
        ToolLimits limits = ToolLimits.of(Duration.ofMinutes(10)).withIdle(Duration.ofSeconds(30));
        try (McpServer server = McpServer.start(everything, McpLimits.DEFAULT);
                ToolRuntime runtime = ToolRuntime.create()) {
            var tool = server.jsonTool("trigger-long-running-operation", ToolSettings.of(limits));
            ToolCall<String> call =
                    runtime.start(tool, argumentsOfTheModel, ToolOptions.call("call_1"));
            return ModelWords.DEFAULT.of(call).openAi();
        }
        // </mcp>
    }
}
