package dev.ebbgate.tools;

import dev.ebbgate.tools.event.RunId;

import java.time.Duration;
import java.util.List;

/// A body, or a cleanup, that ignores everything and still runs.
///
/// @param age since it was given up
/// @param stack where it stands now
public record AbandonedBody(RunId run, int attempt, Duration age, List<StackTraceElement> stack) {

    public AbandonedBody {
        stack = List.copyOf(stack);
    }
}
