package dev.ebbgate.ledger.pack;

import dev.ebbgate.core.exchange.Outcome;
import dev.ebbgate.core.failure.Cut;
import dev.ebbgate.core.failure.Failure;
import dev.ebbgate.core.limit.Expiry;

import org.jspecify.annotations.Nullable;

/// How an exchange or an attempt came out, in the words of the ledger.
///
/// @param outcome `completed`, `failed`, `timed out` or `cancelled`
/// @param cause in a few words; for a limit its key; null where there is an answer
/// @param cut the limit that ended it, with its value and source; null where none did
/// @param elapsedNanos how long that limit had been waited for, else 0
/// @param repaired whether a missing formal end was supplied
public record Ended(
        String outcome,
        @Nullable String cause,
        @Nullable Cut cut,
        long elapsedNanos,
        boolean repaired) {

    private static final String COMPLETED = new Outcome.Completed(false).key();
    private static final String FAILED = new Outcome.Failed(new Failure.Defect()).key();

    public static Ended of(Outcome outcome) {
        Expiry expiry = outcome.expiry();
        return new Ended(
                outcome.key(),
                outcome.cause(),
                expiry == null ? null : Cut.by(expiry),
                expiry == null ? 0 : expiry.elapsedNanos(),
                outcome instanceof Outcome.Completed(boolean supplied) && supplied);
    }

    public boolean isCompleted() {
        return outcome.equals(COMPLETED);
    }

    /// Whether it would have gone on: what was waited for took at least so long, and nobody knows
    /// how much longer.
    public boolean isCutShort() {
        return !isCompleted() && (cut != null || !outcome.equals(FAILED));
    }
}
