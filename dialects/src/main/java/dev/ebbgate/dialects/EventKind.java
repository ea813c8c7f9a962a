package dev.ebbgate.dialects;

/// What one event of a provider's stream means for the exchange.
public enum EventKind {
    /// A sign of life without content, safe to forward: a comment, Anthropic's `ping`.
    COMMENT,
    /// Nothing a client needs, and official clients die of it: an event without data, a lone `id:`
    /// or `retry:`, a stray blank line. Never forward it.
    DROP,
    /// Neutral: role-only and empty deltas, `message_start`, usage. Before the first token it is
    /// held and does not commit.
    PREAMBLE,
    /// Substantive: something non-empty in a delta but `role`.
    DELTA,
    /// Every choice has now got its finish reason; the event may carry content too.
    FINISH,
    /// The dialect's formal end: `[DONE]`, `message_stop`.
    DONE,
    /// The provider reports an error inside the stream; [EventReader#error] has it.
    ERROR,
    /// What the dialect does not allow: broken JSON, or an unknown shape.
    MALFORMED,
    /// The event is longer than the reader was told to hold. It is not handed out (its range is
    /// empty), and the reader has stopped.
    OVERSIZED
}
