package dev.ebbgate.core.tool;

import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.limit.Span;

import java.util.ArrayList;
import java.util.List;

/// A run driven in virtual time: the machine is woken when it asked to be, and every command is
/// written down with its moment.
final class VirtualRun {

    /// One command and when it was given, counted from the call.
    record Step(Span at, RunCommand command) {}

    /// Close to the wrap of a monotonic clock.
    static final long ORIGIN = Long.MAX_VALUE - Span.ofMillis(7_300).nanos();

    final ToolRun run;
    final List<Step> steps = new ArrayList<>();
    private long nowNanos = ORIGIN;

    VirtualRun(ToolLimits limits) {
        this(policy(limits, RetryPolicy.NONE, false));
    }

    VirtualRun(RunPolicy policy) {
        run = new ToolRun(policy, () -> 1, ORIGIN);
    }

    static RunPolicy policy(ToolLimits limits, RetryPolicy retry, boolean idempotent) {
        return new RunPolicy(
                limits, "tool t", "tool t", CancelMode.INTERRUPT, retry, 1, idempotent);
    }

    /// Lets time pass up to that moment, then says what happened.
    VirtualRun at(String moment, RunEvent event) {
        passTo(moment);
        note(run.on(event, nowNanos));
        return this;
    }

    VirtualRun signalAt(String moment) {
        passTo(moment);
        run.signal(nowNanos);
        return this;
    }

    VirtualRun passTo(String moment) {
        long target = Deadline.plus(ORIGIN, moment.equals("0s") ? 0 : Span.parse(moment).nanos());
        while (Deadline.due(run.wakeAtNanos(), target)) {
            nowNanos = run.wakeAtNanos();
            note(run.on(RunEvent.Plain.WOKEN, nowNanos));
        }
        nowNanos = target;
        return this;
    }

    private void note(List<RunCommand> commands) {
        for (RunCommand command : commands) {
            steps.add(new Step(new Span(Math.max(1, nowNanos - ORIGIN)), command));
        }
    }

    /// The commands after the start, each as `moment kind`.
    List<String> story() {
        return steps.stream().map(step -> step.at() + " " + word(step.command())).toList();
    }

    private static String word(RunCommand command) {
        return switch (command) {
            case RunCommand.Start(int attempt) -> "start " + attempt;
            case RunCommand.Settle(Decision decision) -> "settle " + decision.text();
            case RunCommand.Tell(int attempt, Decision _) -> "tell " + attempt;
            case RunCommand.Interrupt(int attempt) -> "interrupt " + attempt;
            case RunCommand.Force(int attempt) -> "force " + attempt;
            case RunCommand.Abandon(int attempt) -> "abandon " + attempt;
            case RunCommand.Clean(int attempt) -> "clean " + attempt;
            case RunCommand.Hurry(int attempt) -> "hurry " + attempt;
            case RunCommand.AbandonCleanup(int attempt) -> "abandon cleanup " + attempt;
            case RunCommand.Plain.SOFTEN -> "soften";
            case RunCommand.Plain.TERMINATE -> "terminate";
        };
    }

    FiredLimit fired() {
        if (run.decision() instanceof Decision.TimedOut(FiredLimit fired)) {
            return fired;
        }
        throw new AssertionError("no limit decided, but " + run.decision());
    }
}
