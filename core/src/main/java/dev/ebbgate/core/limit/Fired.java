package dev.ebbgate.core.limit;

/// A limit that has run out.
///
/// @param limit the limit with its value and source
/// @param phase what was being waited for
/// @param elapsedNanos how long the wait had lasted when the machine was told; never less than the
///   value
public record Fired(ResolvedLimit limit, Phase phase, long elapsedNanos) {

    /// What is told of it.
    public Expiry expiry() {
        return new Expiry(limit.limit().key(), limit.value(), limit.source(), phase, elapsedNanos);
    }
}
