package dev.ebbgate.tools.log;

import dev.ebbgate.core.tool.Decision;
import dev.ebbgate.core.tool.Effects;
import dev.ebbgate.core.tool.FiredLimit;
import dev.ebbgate.tools.event.RunId;
import dev.ebbgate.tools.event.ToolEvent;
import dev.ebbgate.tools.event.ToolListener;
import dev.ebbgate.tools.model.JsonText;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// Writes one line of JSON for each run of one runtime that is over: when its body and cleanups
/// have really ended, or were given up. No arguments, no results. Safe for threads.
public final class RunLog implements ToolListener {

    private static final long MILLI = 1_000_000;

    /// What is known of a run so far.
    ///
    /// @param joined the number of the run it has with another call; 0 where it has its own
    private record Known(
            Instant at, long invokedNanos, long joined, ToolEvent.@Nullable Settled settled) {

        Known with(long other) {
            return new Known(at, invokedNanos, other, settled);
        }

        Known with(ToolEvent.Settled end) {
            return new Known(at, invokedNanos, joined, end);
        }
    }

    private final Consumer<String> lines;
    private final InstantSource calendar;
    private final Map<RunId, Known> live = new ConcurrentHashMap<>();

    /// @param lines takes each line, without its end; is called by many threads
    public RunLog(Consumer<String> lines) {
        this(lines, InstantSource.system());
    }

    /// @param calendar says when a run was called
    public RunLog(Consumer<String> lines, InstantSource calendar) {
        this.lines = lines;
        this.calendar = calendar;
    }

    @Override
    public void on(ToolEvent event) {
        RunId run = event.run();
        switch (event) {
            case ToolEvent.Invoked it ->
                    live.put(run, new Known(calendar.instant(), it.atNanos(), 0, null));
            case ToolEvent.Settled it -> live.computeIfPresent(run, (_, known) -> known.with(it));
            case ToolEvent.Abandoned it -> end(run, it.atNanos(), Effects.UNKNOWN_STILL_RUNNING);
            case ToolEvent.Terminated it -> {
                end(run, it.atNanos(), it.effects());
                live.remove(run);
            }
            case ToolEvent.Joined it ->
                    live.computeIfPresent(run, (_, known) -> known.with(it.other()));
            case ToolEvent.AttemptStarted _,
                    ToolEvent.Heartbeat _,
                    ToolEvent.Progress _,
                    ToolEvent.Partial _,
                    ToolEvent.SoftDeadline _,
                    ToolEvent.AttemptEnded _,
                    ToolEvent.CleanupFailed _,
                    ToolEvent.LateResult _ -> {}
        }
    }

    /// An attempt that is given up while others follow is not the end.
    private void end(RunId run, long nowNanos, Effects effects) {
        Known known = live.get(run);
        if (known != null && known.settled != null) {
            live.remove(run);
            lines.accept(line(known, known.settled, nowNanos, effects));
        }
    }

    private static String line(
            Known known, ToolEvent.Settled settled, long nowNanos, Effects effects) {
        RunId run = settled.run();
        Line line =
                new Line()
                        .text("at", known.at.toString())
                        .number("run", run.number())
                        .number("parent", run.parent())
                        .text("tool", run.tool())
                        .text("call_id", run.callId())
                        .text("outcome", settled.decision().key())
                        .text("reason", settled.decision().text())
                        .number("attempts", settled.attempts())
                        .number("elapsed_ms", (settled.atNanos() - known.invokedNanos) / MILLI)
                        .number("stopping_ms", (nowNanos - settled.atNanos()) / MILLI)
                        .text("effects", effects.name().toLowerCase(Locale.ROOT));
        if (known.joined != 0) {
            line.number("joined", known.joined);
        }
        if (settled.decision() instanceof Decision.TimedOut(FiredLimit fired)) {
            line.text("limit", fired.limit().key())
                    .text("limit_value", fired.value().toString())
                    .text("limit_source", fired.owner())
                    .text("phase", fired.phase().key());
        }
        return line.end();
    }

    /// A JSON object on its way.
    private static final class Line {
        private final StringBuilder json = new StringBuilder("{");

        Line text(String name, String value) {
            return raw(name, JsonText.quoted(value));
        }

        Line number(String name, long value) {
            return raw(name, Long.toString(value));
        }

        private Line raw(String name, String value) {
            json.append(json.length() == 1 ? "" : ",").append('"').append(name).append("\":");
            json.append(value);
            return this;
        }

        String end() {
            return json.append('}').toString();
        }
    }
}
