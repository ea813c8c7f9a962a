package dev.ebbgate.tools.pipeline;

import dev.ebbgate.core.tool.FiredLimit;
import dev.ebbgate.tools.Outcome;

import org.jspecify.annotations.Nullable;

/// How one stage came out.
///
/// @param outcome null if it was left out, since something it needs did not complete
public record StageResult(String stage, StageLabel label, @Nullable Outcome<?> outcome) {

    public boolean isCompleted() {
        return outcome instanceof Outcome.Completed<?>;
    }

    /// Whether a limit of that owner's ended it, be it further in.
    boolean isEndedBy(String owner) {
        return outcome != null
                && outcome.limit().map(FiredLimit::owner).filter(owner::equals).isPresent();
    }

    @Override
    public String toString() {
        return "stage " + stage + ": " + (outcome == null ? "left out" : outcome.text());
    }
}
