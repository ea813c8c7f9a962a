package dev.ebbgate.tools;

import dev.ebbgate.core.tool.RunPhase;
import dev.ebbgate.tools.event.RunId;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// The facts about a run when its outcome was decided.
///
/// @param phase what it waited for
/// @param attempts how many had begun
/// @param elapsedNanos from the call to the decision
/// @param partials everything that was emitted before the decision, and nothing after
/// @param checkpoint the last one, from which a later call can resume; null if there is none
public record RunReport(
        RunId run,
        RunPhase phase,
        int attempts,
        long elapsedNanos,
        List<Object> partials,
        @Nullable Object checkpoint) {

    public RunReport {
        partials = List.copyOf(partials);
    }

    /// Without what the tool produced, which is secret.
    @Override
    public String toString() {
        return "tool="
                + run.tool()
                + " call="
                + run.callId()
                + " attempts="
                + attempts
                + " partials="
                + partials.size();
    }
}
