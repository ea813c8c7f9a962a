package dev.ebbgate.core.tool;

/// Why a tool was not run at all.
public enum RejectReason {
    /// Its tool's queue, or that of all tools, is full.
    QUEUE_FULL("queue full"),
    /// Its tool was called more often than its rate allows.
    RATE("rate"),
    /// Every place of its tool is held by a body that was given up and has not ended.
    ABANDONED("abandoned bodies"),
    /// A call with the same idempotency key is running or has run, or this one would wait for
    /// itself.
    DUPLICATE("duplicate"),
    /// The run that called it has no time left to give.
    NO_TIME("no time left"),
    /// The runtime takes no new runs.
    DRAINING("draining");

    private final String key;

    RejectReason(String key) {
        this.key = key;
    }

    /// The name in errors and events.
    public String key() {
        return key;
    }
}
