package dev.ebbgate.core.tool;

/// Why someone no longer wants the result of a tool.
public enum CancelReason {
    /// Whoever called it.
    CALLER("caller"),
    /// The run that called it has ended, or its outcome is decided.
    PARENT("parent"),
    /// Another call of the same batch has failed, or enough of them have succeeded.
    SIBLING("sibling"),
    /// Whoever read its partial results has stopped reading.
    CONSUMER_GONE("consumer gone"),
    OPERATOR("operator"),
    SHUTDOWN("shutdown");

    private final String key;

    CancelReason(String key) {
        this.key = key;
    }

    /// The name in errors and events.
    public String key() {
        return key;
    }
}
