package dev.ebbgate.bench.upstream;

import java.util.Locale;
import java.util.Optional;

/// What the bench's provider does with a request; clients ask for it by model name.
public enum Kind {
    /// One buffered JSON answer.
    JSON,
    /// A stream of 64 chunks, in one write.
    BURST,
    /// A stream of chunks, one every [Pacer#PERIOD_MILLIS].
    PACED,
    /// One token, stamped with the time it was sent, then silence until the peer closes.
    STALL,
    /// A 503 at once; a gateway that goes on asks for [#JSON] next.
    FAILING;

    /// The model name that asks for this kind.
    public String model() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whether a stream is asked for.
    public boolean isStreamed() {
        return this != JSON && this != FAILING;
    }

    /// The kind asked for by the `model` of this request body, with or without the provider's name
    /// before it.
    static Optional<Kind> askedFor(String body) {
        int start = body.indexOf("\"model\":\"");
        if (start < 0) {
            return Optional.empty();
        }
        int from = start + "\"model\":\"".length();
        String name = body.substring(from, Math.max(from, body.indexOf('"', from)));
        String model = name.substring(name.lastIndexOf('/') + 1);
        for (Kind kind : values()) {
            if (kind.model().equals(model)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
