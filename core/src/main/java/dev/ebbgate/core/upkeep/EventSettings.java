package dev.ebbgate.core.upkeep;

import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.setting.Secret;
import dev.ebbgate.core.setting.Upstream;

import org.jspecify.annotations.Nullable;

/// Where events go.
///
/// @param stdout whether they stand among the lines of the exchanges
/// @param file to which they are appended, or null
public record EventSettings(boolean stdout, @Nullable String file, @Nullable Webhook webhook) {

    public static final EventSettings DEFAULT = new EventSettings(false, null, null);

    /// Whether anything is to be written as JSON.
    public boolean isOn() {
        return stdout || file != null || webhook != null;
    }

    /// An address to which events are posted.
    ///
    /// @param upstream how it is reached
    /// @param secret with which each is signed, or null
    public record Webhook(Upstream upstream, @Nullable Secret secret, Delivery delivery) {}

    /// How long, and how many, events are kept for it.
    ///
    /// @param timeout start of a delivery → its answer
    /// @param retryFor first attempt at an event → it is given up
    /// @param queue how many may wait
    public record Delivery(Span timeout, Span retryFor, int queue) {

        public static final Delivery DEFAULT =
                new Delivery(Span.ofSeconds(10), Span.ofSeconds(3600), 1_000);

        public Delivery {
            if (timeout.isOff() || retryFor.isOff() || queue < 1) {
                throw new IllegalArgumentException("a delivery is bounded");
            }
        }
    }
}
