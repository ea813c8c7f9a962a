package dev.ebbgate.core.policy;

/// Whether a provider goes on with an answer that another one began.
public enum Continuation {
    NONE("none"),
    /// It completes an assistant's message that stands last in the request.
    PREFILL("prefill");

    private final String key;

    Continuation(String key) {
        this.key = key;
    }

    /// The name in configuration.
    public String key() {
        return key;
    }
}
