package dev.ebbgate.tools.settings;

import dev.ebbgate.core.limit.Span;

import java.time.Duration;

/// How often a tool may be called: so many runs per span, which may come at once.
///
/// @param per [Span#OFF] for no limit
public record Rate(int runs, Span per) {

    public static final Rate UNLIMITED = new Rate(1, Span.OFF);

    public Rate {
        if (runs < 1) {
            throw new IllegalArgumentException("a rate of at least 1: " + runs);
        }
    }

    public static Rate of(int runs, Duration per) {
        return new Rate(runs, Span.of(per));
    }

    public boolean isUnlimited() {
        return per.isOff();
    }
}
