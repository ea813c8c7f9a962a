package dev.ebbgate.ledger.pace;

/// How much time one cell covers.
public enum Grain {
    MINUTE(0, 60_000L),
    HOUR(1, 3_600_000L);

    private final int number;
    private final long millis;

    Grain(int number, long millis) {
        this.number = number;
        this.millis = millis;
    }

    /// Its name in the store.
    public int number() {
        return number;
    }

    public long millis() {
        return millis;
    }

    /// The start of the one that a moment lies in.
    public long floor(long atMillis) {
        return Math.floorDiv(atMillis, millis) * millis;
    }

    /// The start of the first one that begins at this moment or after it.
    public long ceiling(long atMillis) {
        return Math.ceilDiv(atMillis, millis) * millis;
    }
}
