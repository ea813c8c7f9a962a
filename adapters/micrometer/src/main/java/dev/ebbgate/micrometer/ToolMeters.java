package dev.ebbgate.micrometer;

import dev.ebbgate.core.tool.Decision;
import dev.ebbgate.core.tool.FiredLimit;
import dev.ebbgate.tools.ToolRuntime;
import dev.ebbgate.tools.event.RunId;
import dev.ebbgate.tools.event.ToolEvent;
import dev.ebbgate.tools.event.ToolListener;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/// Counts and times the runs of one runtime: its listener. Labels are names of tools, of outcomes
/// and of limits; after a bounded number of tools the others share one name. Safe for threads.
///
/// | meter | is |
/// |---|---|
/// | `ebbgate.tool.runs` | called → outcome, by `tool` and `outcome` |
/// | `ebbgate.tool.stopping` | outcome → body and cleanups have really ended, by `tool` |
/// | `ebbgate.tool.attempts` | bodies that have begun, by `tool` |
/// | `ebbgate.tool.limits.fired` | by `tool`, `limit` and `phase` |
/// | `ebbgate.tool.lateness` | how long after its moment a limit ended the run, by `limit` |
/// | `ebbgate.tool.abandoned` | bodies and cleanups that were given up, by `tool` |
/// | `ebbgate.tool.cleanups.failed` | by `tool` |
public final class ToolMeters implements ToolListener {

    private static final int MOST_TOOLS = 200;

    /// The moments of a run that is not over.
    private record Moments(long invokedNanos, long settledNanos) {}

    private final MeterRegistry registry;
    private final ToolNames names;
    private final Map<RunId, Moments> live = new ConcurrentHashMap<>();

    public ToolMeters(MeterRegistry registry) {
        this(registry, MOST_TOOLS);
    }

    /// @param mostTools how many tools get labels of their own
    public ToolMeters(MeterRegistry registry, int mostTools) {
        this.registry = registry;
        this.names = new ToolNames(mostTools);
    }

    /// Shows what the runtime has in hand as well: `ebbgate.tool.live`, `.queued` and `.stuck`, the
    /// last of bodies that were given up and still run.
    public void watch(ToolRuntime runtime) {
        gauge(
                "ebbgate.tool.live",
                "Runs that have not terminated",
                runtime,
                it -> it.load().live());
        gauge(
                "ebbgate.tool.queued",
                "Runs that wait for a place",
                runtime,
                it -> it.load().queued());
        gauge(
                "ebbgate.tool.stuck",
                "Bodies that were given up and still run",
                runtime,
                it -> it.load().abandoned());
    }

    private void gauge(
            String name, String what, ToolRuntime runtime, ToDoubleFunction<ToolRuntime> value) {
        Gauge.builder(name, runtime, value).description(what).register(registry);
    }

    @Override
    public void on(ToolEvent event) {
        Tags tool = Tags.of("tool", names.of(event.run().tool()));
        switch (event) {
            case ToolEvent.Invoked it -> live.put(it.run(), new Moments(it.atNanos(), 0));
            case ToolEvent.AttemptStarted _ ->
                    count("ebbgate.tool.attempts", "Bodies that have begun", tool);
            case ToolEvent.Settled it -> settled(it, tool);
            case ToolEvent.Abandoned _ ->
                    count("ebbgate.tool.abandoned", "Bodies and cleanups that were given up", tool);
            case ToolEvent.CleanupFailed _ ->
                    count("ebbgate.tool.cleanups.failed", "Cleanups that failed", tool);
            case ToolEvent.Terminated it -> terminated(it, tool);
            case ToolEvent.Joined _,
                    ToolEvent.Heartbeat _,
                    ToolEvent.Progress _,
                    ToolEvent.Partial _,
                    ToolEvent.SoftDeadline _,
                    ToolEvent.AttemptEnded _,
                    ToolEvent.LateResult _ -> {}
        }
    }

    private void settled(ToolEvent.Settled event, Tags tool) {
        Decision decision = event.decision();
        Moments run =
                live.computeIfPresent(
                        event.run(),
                        (_, moments) -> new Moments(moments.invokedNanos(), event.atNanos()));
        if (run != null) {
            time(
                    "ebbgate.tool.runs",
                    "From the call to its outcome",
                    tool.and("outcome", decision.key()),
                    event.atNanos() - run.invokedNanos());
        }
        if (decision instanceof Decision.TimedOut(FiredLimit fired)) {
            fired(fired, tool);
        }
    }

    private void fired(FiredLimit fired, Tags tool) {
        String limit = fired.limit().key();
        count(
                "ebbgate.tool.limits.fired",
                "Limits that have run out",
                tool.and("limit", limit, "phase", fired.phase().key()));
        time(
                "ebbgate.tool.lateness",
                "How long after its moment a limit ended the run",
                Tags.of("limit", limit),
                fired.elapsedNanos() - fired.value().nanos());
    }

    private void terminated(ToolEvent.Terminated event, Tags tool) {
        Moments run = live.remove(event.run());
        if (run != null) {
            time(
                    "ebbgate.tool.stopping",
                    "From the outcome until body and cleanups have really ended",
                    tool,
                    event.atNanos() - run.settledNanos());
        }
    }

    private void count(String name, String what, Tags tags) {
        Counter.builder(name).description(what).tags(tags).register(registry).increment();
    }

    private void time(String name, String what, Tags tags, long nanos) {
        Timer.builder(name)
                .description(what)
                .tags(tags)
                .register(registry)
                .record(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    }
}
