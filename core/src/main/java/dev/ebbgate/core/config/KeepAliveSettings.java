package dev.ebbgate.core.config;

import dev.ebbgate.core.limit.Span;

import org.jspecify.annotations.Nullable;

/// The keep-alive written at one level; what is null is inherited.
public record KeepAliveSettings(@Nullable Span after, @Nullable Span every) {

    public static final KeepAliveSettings NONE = new KeepAliveSettings(null, null);

    /// `keep-alive: off`
    public static final KeepAliveSettings OFF = new KeepAliveSettings(Span.OFF, Span.OFF);
}
