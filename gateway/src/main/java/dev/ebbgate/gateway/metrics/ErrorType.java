package dev.ebbgate.gateway.metrics;

import dev.ebbgate.core.exchange.Outcome;
import dev.ebbgate.core.failure.Failure;

/// The value of `error.type`: few and stable, so the details of a cause are left out.
public final class ErrorType {

    private static final String DETAILS = ":";

    private ErrorType() {}

    /// Empty where there is an answer.
    public static String of(Outcome outcome) {
        if (outcome instanceof Outcome.Failed(Failure.BadStatus refusal)) {
            return Integer.toString(refusal.status()); // as the conventions have it
        }
        String cause = outcome.cause();
        if (cause == null) {
            return Labels.NONE;
        }
        int details = cause.indexOf(DETAILS);
        return details < 0 ? cause : cause.substring(0, details);
    }
}
