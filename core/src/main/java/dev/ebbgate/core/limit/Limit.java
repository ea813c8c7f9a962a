package dev.ebbgate.core.limit;

/// The six limits of an exchange, each from when to when.
public enum Limit {
    /// Start of the attempt → connection usable: DNS, TCP, TLS, waiting for a pooled connection.
    CONNECT("connect", Span.ofSeconds(5)),
    /// Connection usable, sending included → first substantive delta; for a request that is not
    /// streamed, the first byte of the answer's body, so that this span includes the generation.
    FIRST_TOKEN("first-token", Span.ofSeconds(600)),
    /// After the first token: silence of the provider; any byte resets it.
    STREAM_IDLE("stream-idle", Span.ofSeconds(120)),
    /// After the first token: time without a substantive delta; keep-alive bytes do not extend it.
    NO_PROGRESS("no-progress", Span.ofSeconds(1200)),
    /// Start of the attempt → the upstream's end.
    ATTEMPT("attempt", Span.OFF),
    /// Request received → last byte handed to the client, over all attempts.
    REQUEST("request", Span.ofSeconds(3600));

    private final String key;
    private final Span byDefault;

    Limit(String key, Span byDefault) {
        this.key = key;
        this.byDefault = byDefault;
    }

    /// The name in configuration, headers, errors and the ledger.
    public String key() {
        return key;
    }

    /// The value in force where nothing is written.
    public Span byDefault() {
        return byDefault;
    }
}
