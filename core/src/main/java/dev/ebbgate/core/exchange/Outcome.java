package dev.ebbgate.core.exchange;

import dev.ebbgate.core.failure.Failure;
import dev.ebbgate.core.limit.Expiry;
import dev.ebbgate.core.limit.Fired;

import org.jspecify.annotations.Nullable;

/// How an exchange, or an attempt, came out. Decided once.
public sealed interface Outcome {

    /// The answer is complete.
    ///
    /// @param repaired whether its formal end was missing and has been supplied
    record Completed(boolean repaired) implements Outcome {}

    record Failed(Failure failure) implements Outcome {}

    record TimedOut(Fired fired) implements Outcome {}

    /// Someone no longer wanted the answer.
    ///
    /// @param expiry the limit that says so, or null where nobody waited for one
    record Cancelled(CancelReason reason, @Nullable Expiry expiry) implements Outcome {

        public Cancelled(CancelReason reason) {
            this(reason, null);
        }
    }

    /// The name in the ledger.
    default String key() {
        return switch (this) {
            case Completed _ -> "completed";
            case Failed _ -> "failed";
            case TimedOut _ -> "timed out";
            case Cancelled _ -> "cancelled";
        };
    }

    /// The cause in a few words; for a limit its key. Null where there is an answer.
    default @Nullable String cause() {
        return switch (this) {
            case Completed _ -> null;
            case Failed(Failure failure) -> failure.cause();
            case TimedOut(Fired fired) -> fired.limit().limit().key();
            case Cancelled(CancelReason reason, _) -> reason.key();
        };
    }

    /// The limit that ended it, with its value and source; null where none did.
    default @Nullable Expiry expiry() {
        return switch (this) {
            case TimedOut(Fired fired) -> fired.expiry();
            case Failed(Failure.Crowded(Expiry queue)) -> queue;
            case Cancelled cancelled -> cancelled.expiry(); // its own, not this
            case Completed _, Failed _ -> null;
        };
    }
}
