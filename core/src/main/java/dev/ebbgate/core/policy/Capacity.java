package dev.ebbgate.core.policy;

import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.setting.Sourced;

/// How many attempts a provider gets at once.
///
/// @param maxInFlight [Integer#MAX_VALUE] is `off`
/// @param queue the longest wait for a place
public record Capacity(int maxInFlight, Sourced<Span> queue) {

    /// As many as come.
    public static final int UNLIMITED = Integer.MAX_VALUE;

    public static final Capacity DEFAULT =
            new Capacity(UNLIMITED, Sourced.byDefault(Span.ofSeconds(30)));

    public Capacity {
        if (maxInFlight <= 0) {
            throw new IllegalArgumentException("max-in-flight is positive");
        }
        if (queue.value().isOff()) {
            throw new IllegalArgumentException("the wait for a place cannot be off");
        }
    }

    public boolean isUnlimited() {
        return maxInFlight == UNLIMITED;
    }
}
