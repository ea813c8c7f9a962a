package dev.ebbgate.core.policy;

import dev.ebbgate.core.limit.Span;

/// How long to wait before the same target is asked again: `base`, doubled with every further
/// retry, at most `max`.
public record Backoff(Span base, Span max, Jitter jitter) {

    public static final Backoff DEFAULT =
            new Backoff(Span.ofMillis(250), Span.ofSeconds(8), Jitter.FULL);

    public Backoff {
        if (base.isOff() || max.isOff()) {
            throw new IllegalArgumentException("a wait is no limit and cannot be off");
        }
        if (base.isLongerThan(max)) {
            throw new IllegalArgumentException("base is at most max");
        }
    }

    /// How much of a wait is left to chance, so that those who failed together do not return
    /// together.
    public enum Jitter {
        /// Anything from nothing to the whole wait.
        FULL("full"),
        NONE("none");

        private final String key;

        Jitter(String key) {
            this.key = key;
        }

        /// The name in configuration.
        public String key() {
            return key;
        }
    }
}
