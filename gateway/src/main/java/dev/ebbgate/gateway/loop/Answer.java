package dev.ebbgate.gateway.loop;

import io.vertx.core.buffer.Buffer;

/// Reads one kind of answer of a provider and tells the exchange what it means.
sealed interface Answer permits StreamAnswer, AssembledAnswer, WholeAnswer, RefusedAnswer {

    /// Takes bytes of the body.
    void chunk(Buffer bytes);

    /// The body ended cleanly.
    void ended();

    /// Forgets what was collected and gives its room back.
    void discard();
}
