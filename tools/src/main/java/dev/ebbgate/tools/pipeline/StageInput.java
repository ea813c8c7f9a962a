package dev.ebbgate.tools.pipeline;

import java.util.Map;
import java.util.Optional;

/// What a stage has to work on: the pipeline's input, and what the stages it needs have put out.
///
/// @param input the pipeline's; secret
/// @param outputs of the stages it needs, by name; secret
public record StageInput<I>(I input, Map<String, Object> outputs) {

    public StageInput {
        outputs = Map.copyOf(outputs);
    }

    /// What that stage has put out.
    ///
    /// @throws IllegalStateException if this one does not need it, or if it did not complete
    public <T> T of(Stage<?, T> stage) {
        return find(stage)
                .orElseThrow(() -> new IllegalStateException("no output of stage " + stage.name()));
    }

    /// The same; empty where that stage did not complete, as may be with best effort.
    public <T> Optional<T> find(Stage<?, T> stage) {
        return Optional.ofNullable(outputs.get(stage.name())).map(stage::cast);
    }

    @Override
    public String toString() {
        return "input of a stage, outputs=" + outputs.keySet();
    }
}
