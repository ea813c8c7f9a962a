package dev.ebbgate.core.exchange;

/// What an event meant for the exchange of an attempt.
enum AttemptChange {
    NONE,
    /// The first substantive delta, or a finish reason without one, has come.
    FIRST_TOKEN,
    /// The attempt is over.
    OVER
}
