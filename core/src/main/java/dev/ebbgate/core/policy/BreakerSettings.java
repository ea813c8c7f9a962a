package dev.ebbgate.core.policy;

import dev.ebbgate.core.limit.Span;

/// When a target is left alone, and for how long.
///
/// @param failures as many within `window`, without a success between, open the breaker
/// @param cooldown how long it stays open at first; doubled each time the probe fails
/// @param cooldownMax the longest cooldown
/// @param lastResort how many attempts at a time a cooling target gets when a route has no other
public record BreakerSettings(
        int failures, Span window, Span cooldown, Span cooldownMax, int lastResort) {

    public static final BreakerSettings DEFAULT =
            new BreakerSettings(5, Span.ofSeconds(60), Span.ofSeconds(10), Span.ofSeconds(300), 1);

    public BreakerSettings {
        if (failures <= 0 || lastResort <= 0) {
            throw new IllegalArgumentException("a count is positive");
        }
        if (window.isOff() || cooldown.isOff() || cooldownMax.isOff()) {
            throw new IllegalArgumentException("the times of a breaker cannot be off");
        }
        if (cooldown.isLongerThan(cooldownMax)) {
            throw new IllegalArgumentException("cooldown is at most cooldown-max");
        }
    }
}
