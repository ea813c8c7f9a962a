package dev.ebbgate.core.config;

import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.Span;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/// How far a request's header may lengthen a limit; a limit that is absent may only be shortened.
public record Overrides(Map<Limit, Span> max) {

    public static final Overrides NONE = new Overrides(Map.of());

    public Overrides {
        max = Map.copyOf(max);
    }

    public @Nullable Span max(Limit limit) {
        return max.get(limit);
    }
}
