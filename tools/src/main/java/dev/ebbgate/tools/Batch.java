package dev.ebbgate.tools;

import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.tool.CancelReason;
import dev.ebbgate.tools.time.Bell;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;

/// Several calls that are waited for together.
final class Batch {

    private final Workshop workshop;
    private final BatchRule rule;
    private final Bell bell;
    private final SequencedMap<String, ToolCall<?>> calls = new LinkedHashMap<>();

    Batch(Workshop workshop, BatchRule rule) {
        this.workshop = workshop;
        this.rule = rule;
        this.bell = new Bell(workshop.time());
    }

    SequencedMap<String, ToolCall<?>> run(List<ToolRequest<?, ?>> requests)
            throws InterruptedException {
        try {
            requests.forEach(this::start);
            boolean _ = bell.await(this::isOver, Deadline.NEVER);
        } catch (InterruptedException
                | RuntimeException e) { // a tool's settings are somebody's code
            calls.values().forEach(call -> call.cancel(CancelReason.CALLER));
            throw e;
        }
        calls.values().forEach(call -> call.cancel(CancelReason.SIBLING));
        for (ToolCall<?> call : calls.values()) {
            Outcome<?> _ = call.await();
        }
        return calls;
    }

    private <A, R> void start(ToolRequest<A, R> request) {
        String id = request.options().callId();
        if (!calls.containsKey(id)) {
            WatchedCall<R> call =
                    workshop.starter().start(request.tool(), request.args(), options(request));
            calls.put(id, call);
            call.watch(bell::ring);
        }
    }

    /// With the batch's time, where the call would have more.
    private ToolOptions options(ToolRequest<?, ?> request) {
        ToolOptions options = request.options();
        if (!(rule instanceof BatchRule.By(Span atMost))) {
            return options;
        }
        Span own = options.limits(request.tool().settings().limits()).total();
        return own.nanos() <= atMost.nanos() ? options : options.withTotal(atMost, "the batch");
    }

    private boolean isOver() {
        List<? extends Outcome<?>> outcomes =
                calls.values().stream().map(ToolCall::outcome).filter(Objects::nonNull).toList();
        boolean all = outcomes.size() == calls.size();
        return switch (rule) {
            case BatchRule.WaitAll _, BatchRule.By _ -> all;
            case BatchRule.FailFast _ -> all || completed(outcomes) < outcomes.size();
            case BatchRule.Quorum(int wanted) -> {
                long failed = outcomes.size() - completed(outcomes);
                yield completed(outcomes) >= wanted || calls.size() - failed < wanted;
            }
        };
    }

    private static long completed(Collection<? extends Outcome<?>> outcomes) {
        return outcomes.stream().filter(Outcome.Completed.class::isInstance).count();
    }
}
