package dev.ebbgate.core.failure;

import dev.ebbgate.core.limit.Fired;

/// The configured bound that ended something: its key, its value as written, and where it was set.
///
/// @param limit `first-token`, `request-body`, …
/// @param value with its unit: `3s`, `32MiB`
/// @param source a key path, a header, or `default`
public record Cut(String limit, String value, String source) {

    public static Cut by(Fired fired) {
        return new Cut(
                fired.limit().limit().key(),
                fired.limit().value().toString(),
                fired.limit().source());
    }
}
