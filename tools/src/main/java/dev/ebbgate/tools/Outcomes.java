package dev.ebbgate.tools;

import dev.ebbgate.core.tool.Decision;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Puts values to decisions.
final class Outcomes {

    private Outcomes() {}

    static <A, R> Outcome<R> of(
            Decision decision,
            @Nullable Body<A, R> body,
            List<StackTraceElement> stack,
            RunReport report) {
        return switch (decision) {
            case Decision.Completed _ -> new Outcome.Completed<>(result(body), report);
            case Decision.TimedOut(var fired) -> new Outcome.TimedOut<>(fired, stack, report);
            case Decision.Cancelled(var reason) -> new Outcome.Cancelled<>(reason, report);
            case Decision.Failed _ -> new Outcome.Failed<>(error(body), report);
            case Decision.Rejected(var reason) -> new Outcome.Rejected<>(reason, report);
        };
    }

    private static <R> R result(@Nullable Body<?, R> body) {
        R result = body == null ? null : body.result();
        if (result == null) {
            throw new IllegalStateException("completed, and no result");
        }
        return result;
    }

    private static Throwable error(@Nullable Body<?, ?> body) {
        Throwable error = body == null ? null : body.error();
        return error == null ? new IllegalStateException("failed, and no error") : error;
    }
}
