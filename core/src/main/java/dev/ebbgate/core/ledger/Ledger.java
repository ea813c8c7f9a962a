package dev.ebbgate.core.ledger;

/// The append-only record of exchanges.
@FunctionalInterface
public interface Ledger {

    /// A ledger that keeps nothing.
    Ledger NONE = _ -> {};

    /// Records an exchange that is over. Called once per exchange on the thread that moved its
    /// bytes: it must neither block nor throw, and drops and counts what it cannot take.
    void record(Entry entry);
}
