package dev.ebbgate.core.tool;

import dev.ebbgate.core.limit.Span;

/// A limit of a tool run that has run out.
///
/// @param owner who set it: the tool, the call, or the run further up whose deadline it really is
/// @param phase what was being waited for
/// @param elapsedNanos how long that limit had been counting; never less than its value
/// @param silentNanos the age of the body's last signal, or of its start where there was none; 0
///   where no body ran
/// @param attempt the number of the attempt, counted from 1; 0 where none had begun
public record FiredLimit(
        ToolLimit limit,
        Span value,
        String owner,
        RunPhase phase,
        long elapsedNanos,
        long silentNanos,
        int attempt) {}
