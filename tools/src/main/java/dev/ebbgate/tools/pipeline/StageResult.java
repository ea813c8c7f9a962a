package dev.ebbgate.tools.pipeline;

import dev.ebbgate.tools.Outcome;

import org.jspecify.annotations.Nullable;

/// How one stage came out.
///
/// @param stage its name; that of a stage further in has the names of those that hold it before it,
///   as in `outer/inner`
/// @param outcome null if it was left out, since something it needs did not complete
public record StageResult(String stage, StageLabel label, @Nullable Outcome<?> outcome) {

    public boolean isCompleted() {
        return outcome instanceof Outcome.Completed<?>;
    }

    /// The same, as the pipeline tells it of which a stage of that name holds this one.
    StageResult within(String outer) {
        return named(outer + StageResults.WITHIN + stage);
    }

    StageResult named(String other) {
        return new StageResult(other, label, outcome);
    }

    @Override
    public String toString() {
        return "stage " + stage + ": " + (outcome == null ? "left out" : outcome.text());
    }
}
