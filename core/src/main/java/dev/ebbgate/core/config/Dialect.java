package dev.ebbgate.core.config;

/// A provider's wire format.
public enum Dialect {
    OPENAI("openai"),
    ANTHROPIC("anthropic");

    private final String key;

    Dialect(String key) {
        this.key = key;
    }

    /// The name in configuration and events.
    public String key() {
        return key;
    }
}
