package dev.ebbgate.tools.pipeline;

import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.tool.CancelReason;
import dev.ebbgate.tools.Outcome;
import dev.ebbgate.tools.ToolCall;
import dev.ebbgate.tools.ToolContext;
import dev.ebbgate.tools.ToolOptions;
import dev.ebbgate.tools.time.Bell;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One way through a pipeline, on the thread of its run.
final class PipelineRun<I> {

    private final Pipeline<I> pipeline;
    private final I input;
    private final ToolContext ctx;
    private final Sink sink;
    private final Bell bell;
    private final List<Stage<I, ?>> waiting;
    private final Map<Stage<I, ?>, ToolCall<Object>> open = new LinkedHashMap<>();
    private final Map<String, StageResult> over = new HashMap<>();
    private final List<StageResult> results = new ArrayList<>();

    /// Takes each result as it comes.
    @FunctionalInterface
    interface Sink {
        void tell(StageResult result) throws InterruptedException;
    }

    /// @param sink takes those of this pipeline and of pipelines within it
    PipelineRun(Pipeline<I> pipeline, I input, ToolContext ctx, Sink sink) {
        this.pipeline = pipeline;
        this.input = input;
        this.ctx = ctx;
        this.sink = sink;
        this.bell = new Bell(ctx.clock());
        this.waiting = new ArrayList<>(pipeline.stages());
    }

    StageResults run() throws Exception {
        begin();
        while (!open.isEmpty()) {
            boolean _ = ctx.waiting(() -> bell.await(this::isAnyOver, Deadline.NEVER));
            collect();
            begin();
        }
        StageResults all = new StageResults(results);
        if (pipeline.rule() != FailureRule.BEST_EFFORT && all.firstFailure().isPresent()) {
            throw new StageFailedException(all.firstFailure().get());
        }
        return all;
    }

    /// Starts what can be started, in one go, for they are in order: what is left out leaves out
    /// what comes after it.
    private void begin() throws InterruptedException {
        for (Stage<I, ?> stage : List.copyOf(waiting)) {
            if (!over.keySet().containsAll(stage.needs())) {
                continue;
            }
            waiting.remove(stage);
            if (pipeline.rule() == FailureRule.BEST_EFFORT || hasAll(stage)) {
                start(stage);
            } else {
                record(new StageResult(stage.name(), stage.label(), null));
            }
        }
    }

    private boolean hasAll(Stage<I, ?> stage) {
        return stage.needs().stream().map(over::get).allMatch(StageResult::isCompleted);
    }

    private void start(Stage<I, ?> stage) {
        ToolCall<Object> call = ctx.start(pipeline.tool(stage), in(stage), ToolOptions.DEFAULT);
        open.put(stage, call);
        var _ = call.settled().thenRun(bell::ring);
    }

    private StageInput<I> in(Stage<I, ?> stage) {
        Map<String, Object> outputs = new HashMap<>();
        for (String need : stage.needs()) {
            StageResult result = over.get(need);
            if (result != null
                    && result.outcome() instanceof Outcome.Completed<?>(Object value, var _)) {
                outputs.put(need, value);
            }
        }
        return new StageInput<>(input, outputs, result -> handOut(result.within(stage.name())));
    }

    private boolean isAnyOver() {
        return open.values().stream().anyMatch(call -> call.outcome() != null);
    }

    private void collect() throws InterruptedException {
        for (var next : List.copyOf(open.entrySet())) {
            if (next.getValue().outcome() == null) {
                continue;
            }
            StageResult result = take(next.getKey(), next.getValue());
            if (pipeline.rule() == FailureRule.FAIL_FAST && !result.isCompleted()) {
                cancelOthers();
                throw new StageFailedException(result);
            }
        }
    }

    private void cancelOthers() throws InterruptedException {
        open.values().forEach(call -> call.cancel(CancelReason.SIBLING));
        for (var other : List.copyOf(open.entrySet())) {
            StageResult _ = take(other.getKey(), other.getValue());
        }
    }

    private StageResult take(Stage<I, ?> stage, ToolCall<Object> call) throws InterruptedException {
        open.remove(stage);
        StageResult result = new StageResult(stage.name(), stage.label(), call.await());
        record(result);
        return result;
    }

    private void record(StageResult result) throws InterruptedException {
        over.put(result.stage(), result);
        results.add(result);
        handOut(result);
    }

    /// May be called by a pipeline within this one, on that one's thread.
    private void handOut(StageResult result) throws InterruptedException {
        ctx.emit(result);
        sink.tell(result);
    }
}
