package dev.ebbgate.tools.pipeline;

import java.util.Map;
import java.util.Optional;

/// What a stage has to work on: the pipeline's input, and what the stages it needs have put out.
public final class StageInput<I> {

    private final I input;
    private final Map<String, Object> outputs;
    private final PipelineRun.Sink within;

    /// @param within takes the results of a pipeline that the stage is
    StageInput(I input, Map<String, Object> outputs, PipelineRun.Sink within) {
        this.input = input;
        this.outputs = Map.copyOf(outputs);
        this.within = within;
    }

    /// The pipeline's; secret.
    public I input() {
        return input;
    }

    /// Of the stages it needs, by name; secret.
    public Map<String, Object> outputs() {
        return outputs;
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

    void tell(StageResult result) throws InterruptedException {
        within.tell(result);
    }

    @Override
    public String toString() {
        return "input of a stage, outputs=" + outputs.keySet();
    }
}
