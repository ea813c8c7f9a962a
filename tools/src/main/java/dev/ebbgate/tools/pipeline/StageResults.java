package dev.ebbgate.tools.pipeline;

import dev.ebbgate.tools.Outcome;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How the stages of a pipeline came out that were over when its own outcome was decided.
///
/// @param all in the order in which they ended
public record StageResults(List<StageResult> all) {

    /// Between the name of a stage that is a pipeline and that of a stage in it.
    static final String WITHIN = "/";

    public StageResults {
        all = List.copyOf(all);
    }

    /// What is known after that outcome of a pipeline, whatever it is: also after a timeout, a
    /// cancellation or a failure.
    public static StageResults of(Outcome<StageResults> outcome) {
        Map<String, StageResult> last = new LinkedHashMap<>(); // where it was tried again
        for (Object partial : outcome.partials()) {
            if (partial instanceof StageResult result) {
                last.remove(result.stage());
                last.put(result.stage(), result);
            }
        }
        return new StageResults(List.copyOf(last.values()));
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

    /// What is known of a pipeline that is a stage of this one, even if that stage is not over.
    public StageResults within(Stage<?, StageResults> sub) {
        String prefix = sub.name() + WITHIN;
        return new StageResults(
                all.stream()
                        .filter(result -> result.stage().startsWith(prefix))
                        .map(result -> result.named(result.stage().substring(prefix.length())))
                        .toList());
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
