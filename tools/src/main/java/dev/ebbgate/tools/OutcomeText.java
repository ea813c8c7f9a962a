package dev.ebbgate.tools;

import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.tool.FiredLimit;

import java.util.List;
import java.util.Set;

/// One line about an outcome, always in the same order: what, elapsed, phase, limit and its owner,
/// place, state.
final class OutcomeText {

    private static final Set<String> RUNTIME =
            Set.of(
                    Run.class.getName(),
                    Body.class.getName(),
                    Context.class.getName(),
                    Partials.class.getName(),
                    ToolRuntime.class.getName());

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
                            + because(it.error())
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
                + limit(fired)
                + (fired.attempt() == 0 ? "" : "; last-signal=" + length(fired.silentNanos()));
    }

    private static String limit(FiredLimit fired) {
        return " (limit "
                + fired.limit().key()
                + " "
                + fired.value()
                + " from "
                + fired.owner()
                + ")";
    }

    /// The limit further in that made it fail, if that is what it was.
    private static String because(Throwable error) {
        return error instanceof NotCompletedException inner
                ? inner.limit().map(OutcomeText::limit).orElse("")
                : "";
    }

    private static String after(RunReport report) {
        return " after " + length(report.elapsedNanos()) + " in phase " + report.phase().key();
    }

    private static String place(RunReport report) {
        return "; " + report + " elapsed=" + length(report.elapsedNanos());
    }

    /// Where it hangs: what the tool's own code has called, and where.
    private static String stuck(List<StackTraceElement> stack) {
        for (int i = 0; i < stack.size(); i++) {
            StackTraceElement own = stack.get(i);
            if (!isBeneath(own)) {
                return " stuck in "
                        + name(stack.get(Math.max(0, i - 1)))
                        + " at "
                        + name(own)
                        + ":"
                        + own.getLineNumber();
            }
        }
        return ""; // none of it is the tool's: it waits for its own limit
    }

    /// Whether a frame is the JDK's or this runtime's.
    private static boolean isBeneath(StackTraceElement frame) {
        String type = frame.getClassName();
        return type.startsWith("java.")
                || type.startsWith("jdk.")
                || type.startsWith("sun.")
                || type.startsWith("dev.ebbgate.tools.time.")
                || RUNTIME.contains(type);
    }

    private static String name(StackTraceElement frame) {
        String type = frame.getClassName();
        return type.substring(type.lastIndexOf('.') + 1) + "." + frame.getMethodName();
    }

    private static String length(long nanos) {
        return nanos < 1 ? "0ms" : new Span(nanos).toString();
    }
}
