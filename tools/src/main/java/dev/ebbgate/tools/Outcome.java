package dev.ebbgate.tools;

import dev.ebbgate.core.tool.CancelReason;
import dev.ebbgate.core.tool.Decision;
import dev.ebbgate.core.tool.FiredLimit;
import dev.ebbgate.core.tool.RejectReason;

import java.util.List;
import java.util.Optional;

/// How a run came out. Decided once, on time, whatever the body does.
public sealed interface Outcome<R> {

    /// The facts.
    RunReport report();

    /// Everything that was emitted before the decision.
    default List<Object> partials() {
        return report().partials();
    }

    /// The result.
    ///
    /// @throws NotCompletedException with the line that says why there is none
    default R orThrow() {
        if (this instanceof Completed<R>(R value, RunReport _)) {
            return value;
        }
        throw new NotCompletedException(this);
    }

    /// The limit that is why there is no result, be it one of a run further in whose outcome this
    /// one passed on; empty where it was something else.
    default Optional<FiredLimit> limit() {
        return switch (this) {
            case TimedOut<R> timedOut -> Optional.of(timedOut.fired());
            case Failed<R> failed when failed.error() instanceof NotCompletedException inner ->
                    inner.limit();
            default -> Optional.empty();
        };
    }

    /// The same without its value.
    default Decision decision() {
        return switch (this) {
            case Completed<R> _ -> new Decision.Completed();
            case TimedOut<R> timedOut -> new Decision.TimedOut(timedOut.fired());
            case Cancelled<R> cancelled -> new Decision.Cancelled(cancelled.reason());
            case Failed<R> _ -> new Decision.Failed();
            case Rejected<R> rejected -> new Decision.Rejected(rejected.reason());
        };
    }

    /// What happened, in one line for operators: what, phase, limit and its owner, place, state.
    /// Nothing in it comes from arguments, results or the body's error.
    default String text() {
        return OutcomeText.of(this);
    }

    record Completed<R>(R value, RunReport report) implements Outcome<R> {
        @Override
        public String toString() {
            return text();
        }
    }

    /// A limit ran out.
    ///
    /// @param stack where the body stood when the limit fired; empty if none ran, or if so many
    ///   limits fired at once that looking would have made the others late
    record TimedOut<R>(FiredLimit fired, List<StackTraceElement> stack, RunReport report)
            implements Outcome<R> {
        public TimedOut {
            stack = List.copyOf(stack);
        }

        @Override
        public String toString() {
            return text();
        }
    }

    record Cancelled<R>(CancelReason reason, RunReport report) implements Outcome<R> {
        @Override
        public String toString() {
            return text();
        }
    }

    record Failed<R>(Throwable error, RunReport report) implements Outcome<R> {
        @Override
        public String toString() {
            return text();
        }
    }

    record Rejected<R>(RejectReason reason, RunReport report) implements Outcome<R> {
        @Override
        public String toString() {
            return text();
        }
    }
}
