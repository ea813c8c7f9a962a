package dev.ebbgate.tools.pipeline;

import dev.ebbgate.core.tool.ToolLimit;
import dev.ebbgate.core.tool.ToolLimits;
import dev.ebbgate.tools.ToolContext;
import dev.ebbgate.tools.ToolOptions;
import dev.ebbgate.tools.settings.ToolSettings;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// One step of a pipeline.
///
/// @param <I> the pipeline's input
/// @param <T> what it puts out; never null, never lazy
/// @param name unique within its pipeline
/// @param needs the names of the stages that must be over before it begins
/// @param depth how many pipelines it is known to hold one within the other
public record Stage<I, T>(
        String name,
        StageLabel label,
        Set<String> needs,
        ToolSettings settings,
        Body<I, T> body,
        int depth) {

    /// What a stage does, on a thread of its own.
    @FunctionalInterface
    public interface Body<I, T> {
        T run(StageInput<I> in, ToolContext ctx) throws Exception;
    }

    public Stage {
        needs = Collections.unmodifiableSet(new LinkedHashSet<>(needs));
    }

    /// A stage that needs none, with default settings.
    public static <I, T> Stage<I, T> of(String name, StageLabel label, Body<I, T> body) {
        return new Stage<>(name, label, Set.of(), ToolSettings.DEFAULT, body, 0);
    }

    /// A stage that is a whole pipeline, with that one's limits and retries: the stage adds none.
    /// If it does not complete, neither does the stage; [StageResults#within] reads what was
    /// finished.
    ///
    /// @param input makes the inner pipeline's input
    public static <I, J> Stage<I, StageResults> sub(
            String name, Pipeline<J> pipeline, Function<StageInput<I>, J> input) {
        Body<I, StageResults> body =
                (in, ctx) -> {
                    var inner = new NestedPipeline<>(pipeline, in);
                    var call = ctx.delegate(inner, input.apply(in), ToolOptions.DEFAULT);
                    return ctx.waiting(call::await).orThrow();
                };
        return new Stage<>(
                name,
                StageLabel.WORK,
                Set.of(),
                limitless(pipeline.settings()),
                body,
                1 + pipeline.depth());
    }

    private static ToolSettings limitless(ToolSettings settings) {
        ToolLimits limits = ToolLimits.OFF.with(ToolLimit.GRACE, settings.limits().grace());
        ToolSettings plain =
                ToolSettings.of(limits)
                        .withMode(settings.mode())
                        .withRetryable(settings.retryable());
        return settings.idempotent() ? plain.asIdempotent() : plain;
    }

    /// The same, begun when these are over.
    @SafeVarargs
    public final Stage<I, T> after(Stage<I, ?>... stages) {
        String[] names = new String[stages.length];
        for (int i = 0; i < names.length; i++) {
            names[i] = stages[i].name();
        }
        return after(names);
    }

    /// The same, by their names.
    public Stage<I, T> after(String... stages) {
        Set<String> all = new LinkedHashSet<>(needs);
        all.addAll(List.of(stages));
        return new Stage<>(name, label, all, settings, body, depth);
    }

    public Stage<I, T> labelled(StageLabel value) {
        return new Stage<>(name, value, needs, settings, body, depth);
    }

    public Stage<I, T> with(ToolSettings value) {
        return new Stage<>(name, label, needs, value, body, depth);
    }

    /// With this limit on the whole stage; the pipeline's deadline may be nearer.
    public Stage<I, T> within(Duration total) {
        return with(settings.withLimits(settings.limits().withTotal(total)));
    }

    /// Its output has its type, since only its body makes it.
    @SuppressWarnings("unchecked")
    T cast(Object output) {
        return (T) output;
    }

    @Override
    public String toString() {
        return "stage " + name;
    }
}
