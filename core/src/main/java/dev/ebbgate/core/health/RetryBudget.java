package dev.ebbgate.core.health;

/// How many retries and hedges a target gets: a fifth of the attempts of the last ten seconds, at
/// least ten. It keeps retries from making a storm of a hiccup (after Finagle's `RetryBudget`).
/// Attempts that are charged do not count as attempts, or retries would earn retries. Thread-safe
/// without a lock; when threads meet at the edge one may be refused too many, never one too few.
final class RetryBudget {

    private static final int SHARE = 5;
    private static final int LEAST = 10;

    private final Tally attempts = new Tally();
    private final Tally charged = new Tally();

    /// Counts an attempt that is not charged.
    void count(long nowNanos) {
        attempts.add(nowNanos);
    }

    /// Charges an attempt; false if the budget is spent.
    boolean charge(long nowNanos) {
        charged.add(nowNanos);
        if (charged.sum(nowNanos) <= most(nowNanos)) {
            return true;
        }
        charged.remove(nowNanos);
        return false;
    }

    /// How many more may be charged now.
    long left(long nowNanos) {
        return Math.max(0, most(nowNanos) - charged.sum(nowNanos));
    }

    private long most(long nowNanos) {
        return Math.max(LEAST, attempts.sum(nowNanos) / SHARE);
    }
}
