package dev.ebbgate.tools.pipeline;

import dev.ebbgate.core.tool.ToolLimit;
import dev.ebbgate.core.tool.ToolLimits;
import dev.ebbgate.tools.Outcome;
import dev.ebbgate.tools.Tool;
import dev.ebbgate.tools.ToolCall;
import dev.ebbgate.tools.ToolContext;
import dev.ebbgate.tools.ToolOptions;
import dev.ebbgate.tools.settings.ToolSettings;

import java.time.Duration;

/// A limit on what is further in.
record StageTimeout(Duration atMost) implements Interceptor {

    @Override
    public Object around(StageCall call, Next next) throws Exception {
        ToolSettings settings = call.settings();
        ToolLimits limits = ToolLimits.of(atMost).with(ToolLimit.GRACE, settings.limits().grace());
        Tool<StageCall, Object> bounded =
                Tool.of(
                        call.name() + "/timeout",
                        ToolSettings.of(limits)
                                .withMode(settings.mode())
                                .withCapacity(settings.capacity()),
                        (outer, ctx) -> next.go(outer.in(ctx)));
        ToolContext ctx = call.ctx();
        ToolCall<Object> run = ctx.delegate(bounded, call, ToolOptions.DEFAULT);
        return value(ctx.waiting(run::await), run);
    }

    private static Object value(Outcome<Object> outcome, ToolCall<Object> run) throws Exception {
        return switch (outcome) {
            case Outcome.Completed<Object>(Object value, var _) -> value;
            case Outcome.Failed<Object>(Exception error, var _) -> throw error;
            case Outcome.Failed<Object>(Error error, var _) -> throw error;
            default -> throw new StageStoppedException(outcome, run);
        };
    }
}
