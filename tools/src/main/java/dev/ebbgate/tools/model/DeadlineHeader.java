package dev.ebbgate.tools.model;

import dev.ebbgate.tools.ToolContext;

import java.time.Duration;
import java.util.Map;

/// The header by which a body tells the gateway how much time it has left, so that a model it asks
/// does not work longer than the body can wait.
public final class DeadlineHeader {

    public static final String NAME = "x-ebbgate-deadline";

    /// Beyond it nothing is said: nobody limits the body.
    private static final Duration LONGEST = Duration.ofDays(365);

    private DeadlineHeader() {}

    /// The header for a call that is made now on this thread; empty outside of a body, and within
    /// one whose time nothing limits. Where no time is left it says `1ms`.
    public static Map<String, String> headers() {
        return ToolContext.current()
                .map(ToolContext::remaining)
                .filter(left -> left.compareTo(LONGEST) <= 0)
                .map(left -> Map.of(NAME, Math.max(1, left.toMillis()) + "ms"))
                .orElse(Map.of());
    }
}
