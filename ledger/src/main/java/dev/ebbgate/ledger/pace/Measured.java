package dev.ebbgate.ledger.pace;

/// A length of time.
///
/// @param isAtLeast whether it may be longer in truth
public record Measured(long millis, boolean isAtLeast) {

    public double seconds() {
        return millis / 1_000.0;
    }
}
