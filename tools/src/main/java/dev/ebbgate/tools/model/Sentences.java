package dev.ebbgate.tools.model;

import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.tool.CancelReason;
import dev.ebbgate.core.tool.Effects;
import dev.ebbgate.core.tool.FiredLimit;
import dev.ebbgate.core.tool.RejectReason;
import dev.ebbgate.core.tool.ToolLimit;
import dev.ebbgate.tools.Outcome;

import java.util.function.Function;

/// Says why a call did not complete, then what is known of what it did.
final class Sentences {

    private Sentences() {}

    static String of(Outcome<?> outcome, Effects effects, Function<Throwable, String> errors) {
        String why =
                switch (outcome) {
                    case Outcome.Completed<?> _ -> "The tool has completed.";
                    case Outcome.TimedOut<?> it -> timedOut(it.fired());
                    case Outcome.Cancelled<?> it -> cancelled(it.reason());
                    case Outcome.Failed<?> it -> "The tool failed: " + errors.apply(it.error());
                    case Outcome.Rejected<?> it -> rejected(it.reason());
                };
        return why + "\n" + known(effects);
    }

    private static String known(Effects effects) {
        return switch (effects) {
            case NONE -> "It did not run, so nothing has been done; it can be called again.";
            case DONE -> "It ran to its end.";
            case STOPPED ->
                    "It ran and is not running any more. What it had done by then stays done; look"
                            + " before you call it again.";
            case UNKNOWN_STILL_RUNNING ->
                    "It may still be running, and what it has done is not known. Do not take it for"
                            + " done or undone; look before you call it again.";
        };
    }

    private static String timedOut(FiredLimit fired) {
        String elapsed = new Span(Math.max(1, fired.elapsedNanos())).toString();
        ToolLimit limit = fired.limit();
        String what =
                switch (limit) {
                    case QUEUE -> "No place came free for the tool";
                    case FIRST_SIGNAL -> "The tool gave no first sign of life";
                    case IDLE -> "The tool fell silent";
                    case ATTEMPT, TOTAL, GRACE -> "The tool did not end";
                };
        return what
                + " within its time: "
                + elapsed
                + " passed, and the limit "
                + limit.key()
                + " is "
                + fired.value()
                + ".";
    }

    private static String cancelled(CancelReason reason) {
        return "The call was cancelled: "
                + switch (reason) {
                    case CALLER -> "its caller no longer wanted it.";
                    case PARENT -> "what had called it is over.";
                    case SIBLING -> "another call of the same turn made it superfluous.";
                    case CONSUMER_GONE -> "nobody reads its results any more.";
                    case OPERATOR -> "an operator ended it.";
                    case SHUTDOWN -> "the program is shutting down.";
                };
    }

    private static String rejected(RejectReason reason) {
        return "The call was refused: "
                + switch (reason) {
                    case QUEUE_FULL -> "too many calls are waiting already.";
                    case RATE -> "the tool was called too often.";
                    case ABANDONED -> "earlier calls of the tool hang and hold all its places.";
                    case DUPLICATE -> "the same call has been made already.";
                    case NO_TIME -> "there is no time left for it.";
                    case DRAINING -> "the program is shutting down.";
                };
    }
}
