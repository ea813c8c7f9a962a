package dev.ebbgate.core.failure;

import dev.ebbgate.core.limit.Expiry;

/// The configured bound that ended something: its key, its value as written, and where it was set.
///
/// @param limit `first-token`, `request-body`, …
/// @param value with its unit: `3s`, `32MiB`
/// @param source a key path, a header, or `default`
public record Cut(String limit, String value, String source) {

    public static Cut by(Expiry expiry) {
        return new Cut(expiry.limit(), expiry.value().toString(), expiry.source());
    }
}
