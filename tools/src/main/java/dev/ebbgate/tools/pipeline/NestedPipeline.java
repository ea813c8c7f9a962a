package dev.ebbgate.tools.pipeline;

import dev.ebbgate.tools.Tool;
import dev.ebbgate.tools.ToolContext;
import dev.ebbgate.tools.settings.ToolSettings;

/// A pipeline that is a stage of another, which hears of each result as it comes.
///
/// @param in what the stage has to work on
record NestedPipeline<I>(Pipeline<I> pipeline, StageInput<?> in)
        implements Tool<I, StageResults>, Nest {

    @Override
    public String name() {
        return pipeline.name();
    }

    @Override
    public ToolSettings settings() {
        return pipeline.settings();
    }

    @Override
    public StageResults call(I input, ToolContext ctx) throws Exception {
        return pipeline.run(input, ctx, in::tell);
    }

    @Override
    public String toString() {
        return pipeline.toString();
    }
}
