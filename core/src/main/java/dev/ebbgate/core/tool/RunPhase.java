package dev.ebbgate.core.tool;

/// What a tool run is waiting for.
public enum RunPhase {
    /// A place among the runs of its tool.
    QUEUE("queue"),
    /// The body's first signal of life, where there is a limit on that.
    FIRST_SIGNAL("first-signal"),
    /// The body's end.
    RUN("run"),
    /// The end of a body that is not wanted any more.
    STOP("stop"),
    /// The moment of the next attempt.
    BACKOFF("backoff");

    private final String key;

    RunPhase(String key) {
        this.key = key;
    }

    /// The name in errors and events.
    public String key() {
        return key;
    }
}
