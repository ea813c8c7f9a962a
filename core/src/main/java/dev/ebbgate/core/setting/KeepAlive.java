package dev.ebbgate.core.setting;

import dev.ebbgate.core.limit.Span;

/// When a waiting client of a stream is told that its exchange lives.
///
/// @param after nothing sent for so long → the head leaves; `off` keeps the status open until the
///   first content
/// @param every silence towards the client, once the head is out, after which a keep-alive leaves
public record KeepAlive(Sourced<Span> after, Sourced<Span> every) {

    public static final KeepAlive DEFAULT =
            new KeepAlive(
                    Sourced.byDefault(Span.ofSeconds(15)), Sourced.byDefault(Span.ofSeconds(15)));

    public boolean isOff() {
        return after.value().isOff() && every.value().isOff();
    }
}
