package dev.ebbgate.opentelemetry;

import dev.ebbgate.tools.event.RunId;
import dev.ebbgate.tools.event.ToolEvent;
import dev.ebbgate.tools.event.ToolListener;
import dev.ebbgate.tools.time.TimeSource;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// A span for each run of one runtime and, within it, one for each attempt, which is current in the
/// body: what the body traces lies beneath it. No arguments, no results. Safe for threads.
///
/// Give it to the runtime twice: `.listener(spans).carrying(spans)`. As the first it hears what
/// happens; as the second it knows the caller's span and reaches the body's thread. Without the
/// second, runs are children of the runs that called them and of nothing else.
///
/// A run's span lasts from the call to the outcome, an attempt's until its body has really ended or
/// is given up, and so may outlast it.
public final class ToolSpans implements ToolListener, Function<RunId, UnaryOperator<Runnable>> {

    private static final String SCOPE = "dev.ebbgate.tools";

    private final Tracer tracer;
    private final TimeSource time;
    private final Map<RunId, RunSpans> live = new ConcurrentHashMap<>();
    private final Map<Long, RunSpans> byNumber = new ConcurrentHashMap<>();

    /// Weak, for whoever gives this to the runtime only once.
    private final Map<RunId, Context> callers = Collections.synchronizedMap(new WeakHashMap<>());

    public ToolSpans(OpenTelemetry telemetry) {
        this(telemetry, TimeSource.REAL);
    }

    /// @param time that of the runtime
    public ToolSpans(OpenTelemetry telemetry, TimeSource time) {
        this.tracer = telemetry.getTracer(SCOPE);
        this.time = time;
    }

    /// On the caller's thread: remembers its context. What it answers makes the attempt's span
    /// current around each body.
    @Override
    public UnaryOperator<Runnable> apply(RunId run) {
        Context caller = Context.current();
        callers.put(run, caller);
        AtomicInteger attempts = new AtomicInteger();
        return body -> {
            int number = attempts.incrementAndGet();
            return () -> {
                long now = time.nanoTime();
                try (Scope _ = spans(run, now).attempt(number, now).makeCurrent()) {
                    body.run();
                }
            };
        };
    }

    private RunSpans spans(RunId run, long nowNanos) {
        RunSpans present = live.get(run);
        return present == null
                ? live.computeIfAbsent(run, wanted -> begin(wanted, nowNanos))
                : present;
    }

    private RunSpans begin(RunId run, long nowNanos) {
        Instant now = Instant.now();
        long epoch = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
        RunSpans spans = new RunSpans(tracer, run, parent(run), nowNanos, epoch - time.nanoTime());
        byNumber.put(run.number(), spans);
        return spans;
    }

    private Context parent(RunId run) {
        Context caller = callers.remove(run);
        if (caller != null && Span.fromContext(caller).getSpanContext().isValid()) {
            return caller;
        }
        RunSpans above = byNumber.get(run.parent());
        return above == null ? Context.root() : above.innermost();
    }

    @Override
    public void on(ToolEvent event) {
        long now = event.atNanos();
        RunSpans spans = spans(event.run(), now);
        switch (event) {
            case ToolEvent.AttemptStarted it -> spans.attempt(it.attempt(), now);
            case ToolEvent.AttemptEnded it -> spans.attemptEnded(it.attempt(), now);
            case ToolEvent.Joined _ -> spans.note("joined", now);
            case ToolEvent.SoftDeadline _ -> spans.note("soft deadline", now);
            case ToolEvent.CleanupFailed _ -> spans.note("cleanup failed", now);
            case ToolEvent.LateResult _ -> spans.note("late result", now);
            case ToolEvent.Settled it -> spans.settled(it.decision(), it.attempts(), now);
            case ToolEvent.Abandoned it -> spans.abandoned(it.attempt(), now);
            case ToolEvent.Terminated it -> {
                spans.end();
                live.remove(it.run());
                byNumber.remove(it.run().number());
            }
            case ToolEvent.Invoked _,
                    ToolEvent.Heartbeat _,
                    ToolEvent.Progress _,
                    ToolEvent.Partial _ -> {}
        }
    }
}
