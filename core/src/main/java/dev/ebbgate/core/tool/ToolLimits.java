package dev.ebbgate.core.tool;

import dev.ebbgate.core.limit.Span;

import java.time.Duration;

/// The six limits of a tool; what each counts is told at [ToolLimit]. Each is a length or
/// [Span#OFF]; only `grace` is always a length.
public record ToolLimits(
        Span queue, Span firstSignal, Span idle, Span attempt, Span total, Span grace) {

    public static final ToolLimits DEFAULT =
            new ToolLimits(
                    ToolLimit.QUEUE.byDefault(),
                    ToolLimit.FIRST_SIGNAL.byDefault(),
                    ToolLimit.IDLE.byDefault(),
                    ToolLimit.ATTEMPT.byDefault(),
                    ToolLimit.TOTAL.byDefault(),
                    ToolLimit.GRACE.byDefault());

    /// No limit but on how long it is waited for what is to stop.
    public static final ToolLimits OFF =
            new ToolLimits(
                    Span.OFF, Span.OFF, Span.OFF, Span.OFF, Span.OFF, ToolLimit.GRACE.byDefault());

    public ToolLimits {
        if (grace.isOff()) {
            throw new IllegalArgumentException(
                    "grace cannot be off: a body that ignores everything would never be given up");
        }
    }

    /// The defaults with this limit on the whole run.
    public static ToolLimits of(Duration total) {
        return DEFAULT.withTotal(total);
    }

    public ToolLimits withQueue(Duration value) {
        return with(ToolLimit.QUEUE, Span.of(value));
    }

    public ToolLimits withFirstSignal(Duration value) {
        return with(ToolLimit.FIRST_SIGNAL, Span.of(value));
    }

    public ToolLimits withIdle(Duration value) {
        return with(ToolLimit.IDLE, Span.of(value));
    }

    public ToolLimits withAttempt(Duration value) {
        return with(ToolLimit.ATTEMPT, Span.of(value));
    }

    public ToolLimits withTotal(Duration value) {
        return with(ToolLimit.TOTAL, Span.of(value));
    }

    public ToolLimits withGrace(Duration value) {
        return with(ToolLimit.GRACE, Span.of(value));
    }

    /// These limits but for one that is switched off.
    public ToolLimits without(ToolLimit limit) {
        return with(limit, Span.OFF);
    }

    public ToolLimits with(ToolLimit limit, Span value) {
        return new ToolLimits(
                limit == ToolLimit.QUEUE ? value : queue,
                limit == ToolLimit.FIRST_SIGNAL ? value : firstSignal,
                limit == ToolLimit.IDLE ? value : idle,
                limit == ToolLimit.ATTEMPT ? value : attempt,
                limit == ToolLimit.TOTAL ? value : total,
                limit == ToolLimit.GRACE ? value : grace);
    }

    public Span value(ToolLimit limit) {
        return switch (limit) {
            case QUEUE -> queue;
            case FIRST_SIGNAL -> firstSignal;
            case IDLE -> idle;
            case ATTEMPT -> attempt;
            case TOTAL -> total;
            case GRACE -> grace;
        };
    }
}
