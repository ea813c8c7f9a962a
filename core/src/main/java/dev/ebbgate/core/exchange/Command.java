package dev.ebbgate.core.exchange;

import dev.ebbgate.core.health.Ticket;

/// What the driver is to do. Commands are carried out in order and at once.
public sealed interface Command {

    /// Begin an attempt.
    ///
    /// @param attempt its number, counted from 1
    /// @param target the index of its target in the plan
    /// @param key the index of the provider's key to use
    record Start(int attempt, int target, int key) implements Command {}

    /// Tell [ExchangeEvent.Queue#TURN] when it is this ticket's turn.
    record Enqueue(Ticket ticket) implements Command {}

    /// Close the attempt's upstream; nothing more of it is wanted. Harmless when it is closed
    /// already.
    record Abort(int attempt) implements Command {}

    enum Plain implements Command {
        /// Send the head of a stream now, with nothing of the answer.
        SEND_HEAD,
        /// Send a keep-alive of the dialect.
        SEND_KEEP_ALIVE,
        /// Send the head if it has not been sent, then all that was held, then whatever follows.
        COMMIT,
        /// End the client's answer properly.
        COMPLETE,
        /// Close the client's connection: it does not read, so nothing can be told.
        DROP
    }

    /// Tell the client how it came out: a status before the head, an error frame after it; then
    /// end.
    record Fail(Outcome outcome) implements Command {}
}
