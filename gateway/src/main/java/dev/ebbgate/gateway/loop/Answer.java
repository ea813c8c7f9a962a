package dev.ebbgate.gateway.loop;

import dev.ebbgate.core.ledger.Entry.Answered;

import io.vertx.core.buffer.Buffer;

/// Reads one kind of answer of a provider and tells the exchange what it means.
sealed interface Answer permits StreamAnswer, AssembledAnswer, WholeAnswer, RefusedAnswer {

    /// Takes bytes of the body.
    void chunk(Buffer bytes);

    /// The body ended cleanly.
    void ended();

    /// What the provider has said in it, for the ledger.
    ///
    /// @param bytes of the body so far
    Answered answered(int status, long bytes);

    /// Forgets what was collected and gives its room back.
    void discard();
}
