package dev.ebbgate.core.config;

import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.ResolvedLimit;
import dev.ebbgate.core.limit.Span;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Set;

/// The limits written at one level: top, provider or route. What is absent is inherited.
///
/// @param written `timeouts: {…}` at this level
/// @param timeout the legacy single limit: it stands for first-token and stream-idle where these
///   are not written at this level
/// @param admin those of its keys that an operator set while the gateway ran
public record TimeoutSettings(Map<Limit, Span> written, @Nullable Span timeout, Set<String> admin) {

    public static final TimeoutSettings NONE = new TimeoutSettings(Map.of(), null);

    public TimeoutSettings {
        written = Map.copyOf(written);
        admin = Set.copyOf(admin);
    }

    /// All of them from the file.
    public TimeoutSettings(Map<Limit, Span> written, @Nullable Span timeout) {
        this(written, timeout, Set.of());
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

    /// Where `limit` is set.
    ///
    /// @param prefix of this level's key paths
    public String source(String prefix, Limit limit) {
        String key = key(limit);
        return (admin.contains(key) ? ResolvedLimit.ADMIN : "") + prefix + key;
    }

    /// The key below this level that sets `limit`.
    public String key(Limit limit) {
        return isByTimeout(limit) ? "timeout" : "timeouts." + limit.key();
    }
}
