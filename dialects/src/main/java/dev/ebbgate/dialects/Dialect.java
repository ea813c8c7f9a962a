package dev.ebbgate.dialects;

/// A provider's wire format.
public enum Dialect {
    OPENAI,
    ANTHROPIC
}
