package dev.ebbgate.core.failure;

import dev.ebbgate.core.limit.Phase;

/// One attempt that failed, as a client is told of it.
///
/// @param target `provider/model`
/// @param phase the phase in which it ended
/// @param cause in a few words, free of content and secrets; for a limit its key
/// @param elapsedNanos from its start to its end
public record Tried(String target, Phase phase, String cause, long elapsedNanos) {}
