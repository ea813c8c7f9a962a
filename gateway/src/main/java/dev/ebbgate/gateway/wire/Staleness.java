package dev.ebbgate.gateway.wire;

/// Which idle connections of a pool are taken for dead: once one of them is found dead, all that
/// have been idle since before, as the same proxy or restart may have ended them. Confined to one
/// event loop.
final class Staleness {

    private boolean found;
    private long sinceNanos;

    /// One was dead when it was to be used again.
    void found(long nowNanos) {
        found = true;
        sinceNanos = nowNanos;
    }

    /// Whether a connection that was last used then is not to be tried.
    boolean doubts(long usedNanos) {
        return found && usedNanos - sinceNanos < 0;
    }
}
