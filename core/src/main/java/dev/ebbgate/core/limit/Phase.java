package dev.ebbgate.core.limit;

/// What an exchange is waiting for.
public enum Phase {
    /// The client's request is still arriving, or is being judged.
    RECEIVE("receive"),
    /// The provider has as many attempts in flight as it may; a place is awaited.
    QUEUE("queue"),
    /// The target is left alone for a moment before it is asked again.
    BACKOFF("backoff"),
    /// The attempt waits for a usable connection.
    CONNECT("connect"),
    /// The request is being sent, or the provider has not yet said anything that counts.
    FIRST_TOKEN("first-token"),
    /// The answer is arriving.
    STREAM("stream"),
    /// The answer is complete; only the provider's formal end is awaited.
    FINISH("finish");

    private final String key;

    Phase(String key) {
        this.key = key;
    }

    /// The name in errors, events and the ledger.
    public String key() {
        return key;
    }
}
