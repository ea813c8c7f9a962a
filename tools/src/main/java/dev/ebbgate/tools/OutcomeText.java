package dev.ebbgate.tools;

import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.tool.FiredLimit;

import java.util.List;

/// One line about an outcome, always in the same order: what, elapsed, phase, limit and its owner,
/// place, state.
final class OutcomeText {

    private OutcomeText() {}

    static String of(Outcome<?> outcome) {
        RunReport report = outcome.report();
        return switch (outcome) {
            case Outcome.Completed<?> _ -> "completed" + after(report) + place(report);
            case Outcome.TimedOut<?> it -> what(it.fired()) + place(report) + stuck(it.stack());
            case Outcome.Cancelled<?> it ->
                    "cancelled by " + it.reason().key() + after(report) + place(report);
            case Outcome.Failed<?> it ->
                    "failed with "
                            + it.error().getClass().getName()
                            + after(report)
                            + place(report);
            case Outcome.Rejected<?> it -> "rejected (" + it.reason().key() + ")" + place(report);
        };
    }

    private static String what(FiredLimit fired) {
        String what =
                switch (fired.limit()) {
                    case QUEUE -> "no turn";
                    case FIRST_SIGNAL -> "no first signal";
                    case IDLE -> "no signal";
                    case ATTEMPT, TOTAL, GRACE -> "no end";
                };
        return what
                + " for "
                + length(fired.elapsedNanos())
                + " in phase "
                + fired.phase().key()
                + " (limit "
                + fired.limit().key()
                + " "
                + fired.value()
                + " from "
                + fired.owner()
                + ")"
                + (fired.attempt() == 0 ? "" : "; last-signal=" + length(fired.silentNanos()));
    }

    private static String after(RunReport report) {
        return " after " + length(report.elapsedNanos()) + " in phase " + report.phase().key();
    }

    private static String place(RunReport report) {
        return "; " + report + " elapsed=" + length(report.elapsedNanos());
    }

    /// Where it hangs: the frame that blocks and the nearest one outside the JDK.
    private static String stuck(List<StackTraceElement> stack) {
        if (stack.isEmpty()) {
            return "";
        }
        String blocked = name(stack.getFirst());
        return stack.stream()
                .filter(frame -> !isJdk(frame))
                .findFirst()
                .map(frame ->
                        " stuck in " + blocked + " at " + name(frame) + ":" + frame.getLineNumber())
                .orElse(" stuck in " + blocked);
    }

    private static boolean isJdk(StackTraceElement frame) {
        String type = frame.getClassName();
        return type.startsWith("java.")
                || type.startsWith("jdk.")
                || type.startsWith("sun.")
                || type.startsWith("dev.ebbgate.tools.time.");
    }

    private static String name(StackTraceElement frame) {
        String type = frame.getClassName();
        return type.substring(type.lastIndexOf('.') + 1) + "." + frame.getMethodName();
    }

    private static String length(long nanos) {
        return nanos < 1 ? "0ms" : new Span(nanos).toString();
    }
}
