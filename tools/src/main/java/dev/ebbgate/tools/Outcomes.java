package dev.ebbgate.tools;

import dev.ebbgate.core.tool.Decision;
import dev.ebbgate.tools.event.RunId;

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

    /// The same for one of the calls that have the run: with its id, and counted from its start.
    static <R> Outcome<R> forCall(Outcome<R> outcome, RunId call, long elapsedNanos) {
        RunReport facts = outcome.report();
        RunReport report =
                new RunReport(
                        call,
                        facts.phase(),
                        facts.attempts(),
                        elapsedNanos,
                        facts.partials(),
                        facts.checkpoint());
        return switch (outcome) {
            case Outcome.Completed<R>(R value, var _) -> new Outcome.Completed<>(value, report);
            case Outcome.TimedOut<R>(var fired, var stack, var _) ->
                    new Outcome.TimedOut<>(fired, stack, report);
            case Outcome.Cancelled<R>(var reason, var _) -> new Outcome.Cancelled<>(reason, report);
            case Outcome.Failed<R>(var error, var _) -> new Outcome.Failed<>(error, report);
            case Outcome.Rejected<R>(var reason, var _) -> new Outcome.Rejected<>(reason, report);
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
