package dev.ebbgate.core.limit;

/// What is told of a limit that has run out: one of the six, or a wait of the gateway's own.
///
/// @param limit its key: `first-token`, `client-stall`, …
/// @param source where its value was set
/// @param phase what was being waited for
/// @param elapsedNanos how long the wait had lasted; never less than the value
public record Expiry(String limit, Span value, String source, Phase phase, long elapsedNanos) {}
