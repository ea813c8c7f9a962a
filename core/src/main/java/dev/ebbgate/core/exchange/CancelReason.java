package dev.ebbgate.core.exchange;

/// Why someone no longer wants an answer.
public enum CancelReason {
    CLIENT_GONE("client gone"),
    /// The client did not read for `limits.client-stall`.
    CLIENT_STALLED("client stalled"),
    OPERATOR("operator"),
    SHUTDOWN("shutdown"),
    /// Another attempt of the same exchange was faster.
    SUPERSEDED("superseded");

    private final String key;

    CancelReason(String key) {
        this.key = key;
    }

    /// The name in errors and the ledger.
    public String key() {
        return key;
    }
}
