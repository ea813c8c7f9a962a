package dev.ebbgate.tools.degrade;

import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.tool.ToolLimits;
import dev.ebbgate.tools.Outcome;
import dev.ebbgate.tools.Tool;
import dev.ebbgate.tools.ToolContext;
import dev.ebbgate.tools.ToolOptions;
import dev.ebbgate.tools.settings.ToolSettings;

import java.time.Duration;

/// Makes a tool of two: the first is asked, and if it times out something stands in for it, all
/// within the first one's `total`. What else keeps the first from completing is not covered up.
///
/// The first runs as a run of its own, named after itself, so its limits, its places and its
/// cleanups are its own; one that ignores everything holds its place while the answer has long been
/// there.
public final class Fallback {

    private Fallback() {}

    /// Makes an answer of what the first had handed out when its time was over.
    @FunctionalInterface
    public interface StandIn<R> {
        R of(Outcome.TimedOut<R> outcome);
    }

    /// A tool for which a value stands in.
    ///
    /// @param share of `total` that the first has, between 0 and 1; the stand-in must be made in
    ///   the rest
    public static <A, R> Tool<A, Degradable<R>> value(
            Tool<A, R> first, double share, StandIn<R> standIn) {
        return tool(first, share, (_, outcome, _) -> standIn.of(outcome));
    }

    /// A tool for which another stands in.
    ///
    /// @param share of `total` that the first has, between 0 and 1; the other gets the rest
    public static <A, R> Tool<A, Degradable<R>> tool(
            Tool<A, R> first, double share, Tool<A, R> other) {
        return tool(
                first,
                share,
                (args, _, ctx) -> ctx.child(other, args, ToolOptions.DEFAULT).orThrow());
    }

    private interface Way<A, R> {
        R go(A args, Outcome.TimedOut<R> outcome, ToolContext ctx) throws InterruptedException;
    }

    private static <A, R> Tool<A, Degradable<R>> tool(
            Tool<A, R> first, double share, Way<A, R> otherwise) {
        Tool<A, R> hurried = hurried(first, share);
        return Tool.of(
                first.name() + " or else",
                ToolSettings.of(first.settings().limits()).withMode(first.settings().mode()),
                (args, ctx) -> {
                    Outcome<R> outcome = ctx.child(hurried, args, ToolOptions.DEFAULT);
                    return outcome instanceof Outcome.TimedOut<R> late
                            ? new Degradable<>(otherwise.go(args, late, ctx), late.decision())
                            : new Degradable<>(outcome.orThrow(), null);
                });
    }

    private static <A, R> Tool<A, R> hurried(Tool<A, R> first, double share) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("a share lies between 0 and 1: " + share);
        }
        ToolSettings settings = first.settings();
        Span total = settings.limits().total();
        if (total.isOff()) {
            throw new IllegalArgumentException(
                    "without total, nothing ever stands in for " + first.name());
        }
        ToolLimits limits =
                settings.limits().withTotal(Duration.ofNanos((long) (total.nanos() * share)));
        return Tool.of(first.name(), settings.withLimits(limits), first::call);
    }
}
