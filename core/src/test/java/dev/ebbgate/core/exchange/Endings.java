package dev.ebbgate.core.exchange;

import dev.ebbgate.core.failure.Failure;

import org.jspecify.annotations.Nullable;

/// Outcomes as short texts, for tables of expectations.
final class Endings {

    private Endings() {}

    static String text(@Nullable Outcome outcome) {
        return switch (outcome) {
            case null -> "open";
            case Outcome.Completed(boolean repaired) -> repaired ? "repaired" : "completed";
            case Outcome.Failed(Failure failure) -> failure.getClass().getSimpleName();
            case Outcome.TimedOut(var fired) -> fired.limit().limit().key();
            case Outcome.Cancelled(CancelReason reason, _) -> reason.key();
        };
    }
}
