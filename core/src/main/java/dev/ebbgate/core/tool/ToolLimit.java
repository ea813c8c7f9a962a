package dev.ebbgate.core.tool;

import dev.ebbgate.core.limit.Span;

/// The six limits of a tool run, each from when to when.
public enum ToolLimit {
    /// Called → its turn has come.
    QUEUE("queue", Span.ofSeconds(30)),
    /// Start of the attempt → its first heartbeat, progress or partial result.
    FIRST_SIGNAL("first-signal", Span.OFF),
    /// After the first signal, or from the start where `first-signal` is off: silence of the body;
    /// any signal resets it. Suspended while the body waits for someone else.
    IDLE("idle", Span.OFF),
    /// Start of the attempt → the body's end.
    ATTEMPT("attempt", Span.OFF),
    /// Called → the outcome, over all attempts and the waits between them.
    TOTAL("total", Span.ofSeconds(120)),
    /// Each rung of the ladder by which a body is stopped, and its cleanups: how long to wait
    /// before the next.
    GRACE("grace", Span.ofSeconds(2));

    private final String key;
    private final Span byDefault;

    ToolLimit(String key, Span byDefault) {
        this.key = key;
        this.byDefault = byDefault;
    }

    /// The name in errors and events.
    public String key() {
        return key;
    }

    /// The value in force where nothing is written.
    public Span byDefault() {
        return byDefault;
    }
}
