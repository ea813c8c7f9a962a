package dev.ebbgate.core.failure;

/// Whose fault a failure is.
public enum Fault {
    CLIENT("client"),
    GATEWAY("gateway"),
    PROVIDER("provider");

    private final String key;

    Fault(String key) {
        this.key = key;
    }

    /// The name in errors and the ledger.
    public String key() {
        return key;
    }
}
