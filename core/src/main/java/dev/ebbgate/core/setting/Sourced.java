package dev.ebbgate.core.setting;

import dev.ebbgate.core.limit.ResolvedLimit;

/// A value and where it was set.
///
/// @param source the key path, a header, or `default`
public record Sourced<T>(T value, String source) {

    public static <T> Sourced<T> byDefault(T value) {
        return new Sourced<>(value, ResolvedLimit.DEFAULT);
    }

    public boolean isDefault() {
        return source.equals(ResolvedLimit.DEFAULT);
    }
}
