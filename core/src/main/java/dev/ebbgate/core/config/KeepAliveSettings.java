package dev.ebbgate.core.config;

import dev.ebbgate.core.limit.ResolvedLimit;
import dev.ebbgate.core.limit.Span;

import org.jspecify.annotations.Nullable;

import java.util.Set;

/// The keep-alive written at one level; what is null is inherited.
///
/// @param admin which of `after` and `every` an operator set while the gateway ran
public record KeepAliveSettings(@Nullable Span after, @Nullable Span every, Set<String> admin) {

    public static final KeepAliveSettings NONE = new KeepAliveSettings(null, null);

    /// `keep-alive: off`
    public static final KeepAliveSettings OFF = new KeepAliveSettings(Span.OFF, Span.OFF);

    public KeepAliveSettings {
        admin = Set.copyOf(admin);
    }

    /// Both from the file.
    public KeepAliveSettings(@Nullable Span after, @Nullable Span every) {
        this(after, every, Set.of());
    }

    /// `keep-alive: off`, as an operator set it.
    public static KeepAliveSettings offByAdmin() {
        return new KeepAliveSettings(Span.OFF, Span.OFF, Set.of("after", "every"));
    }

    /// Where one of the two is set.
    ///
    /// @param prefix of this level's key paths
    public String source(String prefix, String key) {
        return (admin.contains(key) ? ResolvedLimit.ADMIN : "") + prefix + "keep-alive." + key;
    }
}
