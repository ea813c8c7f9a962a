package dev.ebbgate.tools.pipeline;

import dev.ebbgate.tools.ToolContext;
import dev.ebbgate.tools.settings.ToolSettings;

/// A stage that is about to run, as interceptors see it.
///
/// @param name `pipeline/stage`, as events and errors name its run
/// @param ctx of the run in which the rest goes on
public record StageCall(String name, StageLabel label, ToolSettings settings, ToolContext ctx) {

    /// The same within another run.
    public StageCall in(ToolContext other) {
        return new StageCall(name, label, settings, other);
    }

    @Override
    public String toString() {
        return "call of stage " + name;
    }
}
