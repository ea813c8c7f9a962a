package dev.ebbgate.core.health;

/// What an attempt showed of the health of its target or of its key.
public sealed interface Sign {

    /// Signs that concern the target alone.
    enum Plain implements Sign {
        /// The first token has come; of a buffered answer, the whole. Clears the key as well.
        SUCCEEDED,
        /// It failed in a way that counts against the target.
        FAILED,
        /// It came out in a way that says nothing: cancelled, superseded, rate-limited, refused for
        /// what was asked.
        NEITHER
    }

    /// The provider refused the key: 401, 402, 403 or a quota that is used up. The key cools down;
    /// a provider's last key is never taken out, and then this counts as [Plain#FAILED].
    record KeyRefused() implements Sign {}

    /// The provider limits the rate of the key. It rests until then unless it is the last; the
    /// target is not blamed.
    record KeyLimited(long untilNanos) implements Sign {}
}
