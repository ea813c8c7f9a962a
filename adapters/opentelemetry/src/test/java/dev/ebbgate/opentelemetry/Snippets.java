package dev.ebbgate.opentelemetry;

import dev.ebbgate.tools.ToolRuntime;

import io.opentelemetry.api.OpenTelemetry;

/// What `docs/tool-observers.md` shows.
final class Snippets {

    private Snippets() {}

    static ToolRuntime traced(OpenTelemetry telemetry) {
        // <spans>
        ToolSpans spans = new ToolSpans(telemetry);
        ToolRuntime runtime = ToolRuntime.builder().listener(spans).carrying(spans).build();
        // </spans>
        return runtime;
    }
}
