package dev.ebbgate.core.exchange;

import org.jspecify.annotations.Nullable;

/// What concerns the exchange as a whole: the client, time, and those who may cancel it.
public sealed interface ExchangeEvent {

    /// What happened on the client's side.
    enum Downstream implements ExchangeEvent {
        /// Something was handed to the client.
        SENT,
        /// The client does not drain: its write queue is full.
        FILLED,
        /// The client has taken something of what waits for it, and still does not drain.
        TAKEN,
        /// The client drains again.
        DRAINED,
        /// The last byte was handed to the client.
        DELIVERED,
        /// The client has closed its connection or stream.
        GONE
    }

    /// Time has passed.
    enum Clock implements ExchangeEvent {
        WOKEN
    }

    /// What happened in the queue for a place.
    enum Queue implements ExchangeEvent {
        /// It is the exchange's turn.
        TURN
    }

    /// What happened to an answer that is held to its end.
    enum Held implements ExchangeEvent {
        /// No more of it can be held.
        FULL
    }

    /// What stands in the way of another target going on with what the client has; told whenever it
    /// changes. Until it is told, something does.
    ///
    /// @param obstacle in a few words free of content; null where nothing does
    record Continuable(@Nullable String obstacle) implements ExchangeEvent {}

    /// Someone no longer wants the answer, and the client can still be told.
    record Cancelled(Outcome.Cancelled outcome) implements ExchangeEvent {}
}
