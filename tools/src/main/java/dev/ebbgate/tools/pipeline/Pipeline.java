package dev.ebbgate.tools.pipeline;

import dev.ebbgate.tools.Tool;
import dev.ebbgate.tools.ToolContext;
import dev.ebbgate.tools.settings.ToolSettings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A graph of stages that is a tool: start it with a runtime like any other. Stages that need
/// nothing of each other run at the same time. Each has limits of its own and never more time than
/// the pipeline has left; whatever ends the pipeline cancels every stage at once.
///
/// Each result is handed out as a partial result as soon as its stage is over, so [StageResults#of]
/// can read what was finished after any outcome. Safe for threads.
///
/// @param <I> its input
public final class Pipeline<I> implements Tool<I, StageResults>, Nest {

    /// How many pipelines there may be one within the other.
    public static final int DEEPEST = 8;

    private final String name;
    private final ToolSettings settings;
    private final FailureRule rule;
    private final List<Interceptor> interceptors;
    private final List<Stage<I, ?>> stages;

    private Pipeline(Builder<I> builder, List<Stage<I, ?>> ordered) {
        this.name = builder.name;
        this.settings = builder.settings;
        this.rule = builder.rule;
        this.interceptors = List.copyOf(builder.interceptors);
        this.stages = List.copyOf(ordered);
    }

    public static <I> Builder<I> named(String name) {
        return new Builder<>(name);
    }

    /// How a pipeline is to be.
    public static final class Builder<I> {
        private final String name;
        private final List<Stage<I, ?>> stages = new ArrayList<>();
        private final List<Interceptor> interceptors = new ArrayList<>();
        private ToolSettings settings = ToolSettings.DEFAULT;
        private FailureRule rule = FailureRule.FAIL_FAST;

        private Builder(String name) {
            this.name = name;
        }

        public Builder<I> stage(Stage<I, ?> stage) {
            stages.add(stage);
            return this;
        }

        /// Around every stage, within those that were added before.
        public Builder<I> around(Interceptor interceptor) {
            interceptors.add(interceptor);
            return this;
        }

        public Builder<I> with(ToolSettings value) {
            settings = value;
            return this;
        }

        /// With this limit on the whole.
        public Builder<I> within(Duration total) {
            return with(ToolSettings.of(total));
        }

        public Builder<I> onFailure(FailureRule value) {
            rule = value;
            return this;
        }

        /// The pipeline, if it can run.
        ///
        /// @throws PipelineRefusedException with everything that is wrong: a circle, a stage that
        ///   is needed and not there, one that can never begin, two of one name, pipelines too deep
        ///   in each other
        public Pipeline<I> build() {
            Graph<I> graph = new Graph<>(stages);
            List<String> problems = new ArrayList<>(graph.problems());
            for (Stage<I, ?> stage : stages) {
                if (stage.depth() >= DEEPEST) {
                    problems.add(
                            "stage "
                                    + stage.name()
                                    + " holds pipelines "
                                    + stage.depth()
                                    + " deep, and "
                                    + DEEPEST
                                    + " in all is the limit");
                }
            }
            if (!problems.isEmpty()) {
                throw new PipelineRefusedException(name, problems);
            }
            return new Pipeline<>(this, graph.ordered());
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ToolSettings settings() {
        return settings;
    }

    @Override
    public StageResults call(I input, ToolContext ctx) throws Exception {
        return run(input, ctx, _ -> {});
    }

    /// @param results is told of each as it comes
    StageResults run(I input, ToolContext ctx, PipelineRun.Sink results) throws Exception {
        if (ctx.depth(Nest.class) >= DEEPEST) {
            throw new PipelineRefusedException(
                    name, List.of("more than " + DEEPEST + " pipelines one within the other"));
        }
        return new PipelineRun<>(this, input, ctx, results).run();
    }

    /// How many pipelines its stages are known to hold one within the other.
    int depth() {
        return stages.stream().mapToInt(Stage::depth).max().orElse(0);
    }

    FailureRule rule() {
        return rule;
    }

    /// In an order in which each comes after what it needs.
    List<Stage<I, ?>> stages() {
        return stages;
    }

    /// The stage with everything around it, as a tool.
    Tool<StageInput<I>, Object> tool(Stage<I, ?> stage) {
        String full = name + "/" + stage.name();
        return Tool.of(
                full,
                stage.settings(),
                (in, ctx) -> {
                    Interceptor.Next next = call -> stage.body().run(in, call.ctx());
                    for (Interceptor interceptor : interceptors.reversed()) {
                        Interceptor.Next inner = next;
                        next = call -> interceptor.around(call, inner);
                    }
                    return next.go(new StageCall(full, stage.label(), stage.settings(), ctx));
                });
    }

    @Override
    public String toString() {
        return "pipeline " + name;
    }
}
