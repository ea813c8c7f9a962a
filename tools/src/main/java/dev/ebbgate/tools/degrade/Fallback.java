package dev.ebbgate.tools.degrade;

import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.tool.ToolLimit;
import dev.ebbgate.core.tool.ToolLimits;
import dev.ebbgate.tools.Outcome;
import dev.ebbgate.tools.Tool;
import dev.ebbgate.tools.ToolContext;
import dev.ebbgate.tools.ToolOptions;
import dev.ebbgate.tools.settings.ToolSettings;

/// Makes a tool of two: the first is asked, and if it times out something stands in for it, all
/// within the first one's `total`. What else keeps the first from completing is not covered up.
///
/// The first runs as a run of its own, named after itself, so its limits, its retries, its places
/// and its cleanups are its own; one that ignores everything holds its place while the answer has
/// long been there. What it emits and its checkpoints are those of the call, and so is the key.
public final class Fallback {

    private Fallback() {}

    /// Makes an answer of what the first had handed out when its time was over.
    @FunctionalInterface
    public interface StandIn<R> {
        R of(Outcome.TimedOut<R> outcome);
    }

    /// A tool for which a value stands in.
    ///
    /// @param share of the call's time that the first has, between 0 and 1; the stand-in must be
    ///   made in the rest
    public static <A, R> Tool<A, Degradable<R>> value(
            Tool<A, R> first, double share, StandIn<R> standIn) {
        return tool(first, share, (_, outcome, _) -> standIn.of(outcome));
    }

    /// A tool for which another stands in.
    ///
    /// @param share of the call's time that the first has, between 0 and 1; the other gets the rest
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
        return Tool.of(
                first.name() + " or else",
                whole(first, share),
                (args, ctx) -> {
                    Outcome<R> outcome = hurried(first, args, share, ctx);
                    return outcome instanceof Outcome.TimedOut<R> late
                            ? new Degradable<>(otherwise.go(args, late, ctx), late.decision())
                            : new Degradable<>(outcome.orThrow(), null);
                });
    }

    /// Of the first one's settings, those that are of the call and not of each attempt.
    private static ToolSettings whole(Tool<?, ?> first, double share) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("a share lies between 0 and 1: " + share);
        }
        ToolSettings settings = first.settings();
        ToolLimits limits = settings.limits();
        if (limits.total().isOff()) {
            throw new IllegalArgumentException(
                    "without total, nothing ever stands in for " + first.name());
        }
        ToolLimits whole =
                ToolLimits.OFF
                        .with(ToolLimit.TOTAL, limits.total())
                        .with(ToolLimit.GRACE, limits.grace());
        return ToolSettings.of(whole)
                .withMode(settings.mode())
                .withDuplicates(settings.duplicates());
    }

    private static <A, R> Outcome<R> hurried(
            Tool<A, R> first, A args, double share, ToolContext ctx) throws Exception {
        Span time = new Span((long) (ctx.remaining().toNanos() * share));
        ToolOptions options =
                ToolOptions.DEFAULT
                        .withTotal(time, "tool " + first.name() + " or else")
                        .withIdempotencyKey(ctx.idempotencyKey());
        return ctx.waiting(ctx.delegate(first, args, options)::await);
    }
}
