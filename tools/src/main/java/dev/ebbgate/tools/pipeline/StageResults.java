package dev.ebbgate.tools.pipeline;

import dev.ebbgate.tools.Outcome;

import java.util.List;
import java.util.Optional;

/// How the stages of a pipeline came out that were over when its own outcome was decided.
///
/// @param all in the order in which they ended
public record StageResults(List<StageResult> all) {

    public StageResults {
        all = List.copyOf(all);
    }

    /// What is known after that outcome of a pipeline, whatever it is: also after a timeout, a
    /// cancellation or a failure.
    public static StageResults of(Outcome<StageResults> outcome) {
        return new StageResults(
                outcome.partials().stream()
                        .filter(StageResult.class::isInstance)
                        .map(StageResult.class::cast)
                        .toList());
    }

    /// How that stage came out; empty if it was not over.
    public Optional<StageResult> find(Stage<?, ?> stage) {
        return all.stream().filter(result -> result.stage().equals(stage.name())).findFirst();
    }

    /// What that stage has put out; empty if it has not completed.
    public <T> Optional<T> output(Stage<?, T> stage) {
        return find(stage)
                .map(StageResult::outcome)
                .filter(Outcome.Completed.class::isInstance)
                .map(Outcome::orThrow)
                .map(stage::cast);
    }

    /// The first that did not complete.
    public Optional<StageResult> firstFailure() {
        return all.stream().filter(result -> !result.isCompleted()).findFirst();
    }

    @Override
    public String toString() {
        return "results of " + all.size() + " stages";
    }
}
