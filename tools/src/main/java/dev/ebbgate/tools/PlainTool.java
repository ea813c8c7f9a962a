package dev.ebbgate.tools;

import dev.ebbgate.tools.settings.ToolSettings;

/// A tool put together from its parts.
record PlainTool<A, R>(String name, ToolSettings settings, Tool.Body<A, R> body)
        implements Tool<A, R> {

    @Override
    public R call(A args, ToolContext ctx) throws Exception {
        return body.call(args, ctx);
    }

    @Override
    public String toString() {
        return "tool " + name;
    }
}
