package dev.ebbgate.core.exchange;

import dev.ebbgate.core.limit.Expiry;
import dev.ebbgate.core.limit.Phase;
import dev.ebbgate.core.limit.ResolvedLimit;
import dev.ebbgate.core.limit.Span;

import org.jspecify.annotations.Nullable;

/// The limit of an exchange that runs out next, unless something comes before.
///
/// @param key `first-token`, `client-stall`, …
/// @param source where its value was set
/// @param atNanos the moment
public record NextLimit(String key, Span value, String source, long atNanos) {

    static NextLimit of(ResolvedLimit limit, long atNanos) {
        return new NextLimit(limit.limit().key(), limit.value(), limit.source(), atNanos);
    }

    /// One of the gateway's own waits, under `limits`.
    static NextLimit ofGateway(String key, Span value, long sinceNanos) {
        return new NextLimit(key, value, "limits." + key, value.after(sinceNanos));
    }

    /// The same, set there.
    public NextLimit from(String newSource) {
        return new NextLimit(key, value, newSource, atNanos);
    }

    /// What is told of it when it has run out.
    public Expiry expiry(Phase phase, long nowNanos) {
        return new Expiry(key, value, source, phase, nowNanos - atNanos + value.nanos());
    }

    /// The nearer of two, either of which may be missing.
    public static @Nullable NextLimit nearer(@Nullable NextLimit a, @Nullable NextLimit b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.atNanos - b.atNanos <= 0 ? a : b;
    }
}
