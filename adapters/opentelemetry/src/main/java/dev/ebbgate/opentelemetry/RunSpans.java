package dev.ebbgate.opentelemetry;

import dev.ebbgate.core.tool.Decision;
import dev.ebbgate.core.tool.FiredLimit;
import dev.ebbgate.tools.event.RunId;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The spans of one run: its own, and one for each attempt. Safe for threads. Names follow the
/// semantic conventions for GenAI.
final class RunSpans {

    private final Tracer tracer;
    private final RunId run;
    private final Context context;
    private final Span span;
    private final long epochOffsetNanos;
    private final Map<Integer, Context> attempts = new HashMap<>();
    private long settledNanos;

    /// @param epochOffsetNanos what makes a moment of the runtime's clock one of the calendar
    RunSpans(Tracer tracer, RunId run, Context parent, long nowNanos, long epochOffsetNanos) {
        this.tracer = tracer;
        this.run = run;
        this.epochOffsetNanos = epochOffsetNanos;
        this.settledNanos = nowNanos;
        this.span =
                tracer.spanBuilder("execute_tool " + run.tool())
                        .setParent(parent)
                        .setStartTimestamp(epoch(nowNanos), TimeUnit.NANOSECONDS)
                        .setAttribute("gen_ai.operation.name", "execute_tool")
                        .setAttribute("gen_ai.tool.name", run.tool())
                        .setAttribute("gen_ai.tool.call.id", run.callId())
                        .setAttribute("gen_ai.tool.type", "function")
                        .startSpan();
        this.context = parent.with(span);
    }

    private long epoch(long nanos) {
        return nanos + epochOffsetNanos;
    }

    /// The context of an attempt, which begins if it has not.
    synchronized Context attempt(int number, long nowNanos) {
        return attempts.computeIfAbsent(number, wanted -> begin(wanted, nowNanos));
    }

    private Context begin(int number, long nowNanos) {
        Span attempt =
                tracer.spanBuilder("attempt " + run.tool())
                        .setParent(context)
                        .setStartTimestamp(epoch(nowNanos), TimeUnit.NANOSECONDS)
                        .setAttribute("ebbgate.tool.attempt", number)
                        .startSpan();
        return context.with(attempt);
    }

    /// What a run within this one has as parent, where nobody carried it over: the last body.
    synchronized Context innermost() {
        return attempts.keySet().stream().max(Integer::compare).map(attempts::get).orElse(context);
    }

    synchronized void attemptEnded(int number, long nowNanos) {
        Context attempt = attempts.get(number);
        if (attempt != null) {
            Span.fromContext(attempt).end(epoch(nowNanos), TimeUnit.NANOSECONDS);
        }
    }

    /// Its spans end, since what was given up may never do so.
    void abandoned(int number, long nowNanos) {
        Span attempt = Span.fromContext(attempt(number, nowNanos));
        attempt.setStatus(StatusCode.ERROR, "given up; may still be running");
        attempt.end(epoch(nowNanos), TimeUnit.NANOSECONDS);
        end();
    }

    void note(String what, long nowNanos) {
        span.addEvent(what, epoch(nowNanos), TimeUnit.NANOSECONDS);
    }

    synchronized void settled(Decision decision, int number, long nowNanos) {
        settledNanos = nowNanos;
        span.setAttribute("ebbgate.tool.outcome", decision.key());
        span.setAttribute("ebbgate.tool.attempts", number);
        String error = error(decision);
        if (error != null) {
            span.setAttribute("error.type", error);
            span.setStatus(StatusCode.ERROR, error);
        }
        if (decision instanceof Decision.TimedOut(FiredLimit fired)) {
            span.setAttribute("ebbgate.tool.limit", fired.limit().key());
            span.setAttribute("ebbgate.tool.limit.value", fired.value().toString());
            span.setAttribute("ebbgate.tool.limit.source", fired.owner());
            span.setAttribute("ebbgate.tool.phase", fired.phase().key());
        }
    }

    /// A caller that leaves is no error of the tool.
    private static @Nullable String error(Decision decision) {
        return switch (decision) {
            case Decision.Completed _, Decision.Cancelled _ -> null;
            case Decision.TimedOut _, Decision.Failed _, Decision.Rejected _ -> decision.text();
        };
    }

    /// The run is over: its span ended when its outcome was decided.
    synchronized void end() {
        span.end(epoch(settledNanos), TimeUnit.NANOSECONDS);
    }
}
