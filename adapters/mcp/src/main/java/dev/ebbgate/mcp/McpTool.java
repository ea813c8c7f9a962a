package dev.ebbgate.mcp;

import dev.ebbgate.tools.Tool;
import dev.ebbgate.tools.ToolContext;
import dev.ebbgate.tools.settings.ToolSettings;

import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;

import java.util.function.BiFunction;

/// A tool of a server.
///
/// @param request makes a request of its name and the arguments
record McpTool<A>(
        McpServer server,
        String name,
        ToolSettings settings,
        BiFunction<String, A, CallToolRequest.Builder> request)
        implements Tool<A, String> {

    @Override
    public String call(A args, ToolContext ctx) throws Exception {
        return server.call(request.apply(name, args), ctx);
    }

    @Override
    public String toString() {
        return "MCP tool " + name;
    }
}
