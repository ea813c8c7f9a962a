package dev.ebbgate.core.config;

import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.Span;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/// The limits written at one level: top, provider or route. What is absent is inherited.
///
/// @param written `timeouts: {…}` at this level
/// @param timeout the legacy single limit: it stands for first-token and stream-idle where these
///   are not written at this level
public record TimeoutSettings(Map<Limit, Span> written, @Nullable Span timeout) {

    public static final TimeoutSettings NONE = new TimeoutSettings(Map.of(), null);

    public TimeoutSettings {
        written = Map.copyOf(written);
    }

    /// The value this level sets, or null where it inherits.
    public @Nullable Span value(Limit limit) {
        Span own = written.get(limit);
        return own == null && isByTimeout(limit) ? timeout : own;
    }

    /// Whether the legacy single limit sets `limit` at this level.
    public boolean isByTimeout(Limit limit) {
        boolean covered = limit == Limit.FIRST_TOKEN || limit == Limit.STREAM_IDLE;
        return covered && timeout != null && !written.containsKey(limit);
    }

    /// The key below this level that sets `limit`.
    public String key(Limit limit) {
        return isByTimeout(limit) ? "timeout" : "timeouts." + limit.key();
    }
}
