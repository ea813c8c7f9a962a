package dev.ebbgate.core.tool;

import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.limit.Span;

import java.util.List;

/// One try at a tool: its body, how silent it is, the ladder by which it is stopped, its cleanups.
///
/// A signal that has arrived is honoured even if a limit ran out a moment before; only a look at
/// the clock ends an attempt for lateness.
final class Attempt {

    /// How far a body has been pushed.
    enum Rung {
        NONE,
        TOLD,
        INTERRUPTED,
        FORCED,
        ABANDONED
    }

    private enum Cleaning {
        AWAITED,
        RUNNING,
        HURRIED,
        ABANDONED,
        DONE
    }

    private final int number;
    private final RunPolicy policy;
    private final long startNanos;
    private long signalNanos;
    private boolean signalled;
    private int suspended;
    private boolean alive = true;
    private long shieldNanos = Deadline.NEVER;
    private Rung rung = Rung.NONE;
    private long rungNanos;
    private Cleaning cleaning = Cleaning.AWAITED;
    private long cleaningNanos;

    Attempt(int number, RunPolicy policy, long startNanos) {
        this.number = number;
        this.policy = policy;
        this.startNanos = startNanos;
        this.signalNanos = startNanos;
    }

    void signal(long atNanos) {
        if (atNanos - signalNanos > 0 || (!signalled && atNanos == signalNanos)) {
            signalled = true;
            signalNanos = atNanos;
        }
    }

    /// Takes what its body says of its waiting.
    void on(RunEvent.Plain event, long nowNanos, List<RunCommand> out) {
        switch (event) {
            case SUSPENDED -> suspended++;
            case RESUMED -> resume(nowNanos);
            case UNSHIELDED -> unshield(nowNanos, out);
            case TURN, WOKEN -> {}
        }
    }

    /// Silence is counted afresh.
    private void resume(long nowNanos) {
        suspended = Math.max(0, suspended - 1);
        if (nowNanos - signalNanos > 0) {
            signalNanos = nowNanos;
        }
    }

    void shield(long untilNanos) {
        shieldNanos = untilNanos;
    }

    private void unshield(long nowNanos, List<RunCommand> out) {
        shieldNanos = Deadline.NEVER;
        if (rung == Rung.TOLD) {
            rungNanos = nowNanos; // the ladder stood still meanwhile
        }
        interrupt(nowNanos, out);
    }

    /// Nobody wants its result any more.
    void stop(Decision why, long nowNanos, List<RunCommand> out) {
        if (!alive || rung != Rung.NONE) {
            return;
        }
        to(Rung.TOLD, nowNanos);
        out.add(new RunCommand.Tell(number, why));
        interrupt(nowNanos, out);
    }

    private void interrupt(long nowNanos, List<RunCommand> out) {
        boolean shielded = shieldNanos != Deadline.NEVER && !Deadline.due(shieldNanos, nowNanos);
        if (alive && rung == Rung.TOLD && !shielded && policy.mode().interrupts()) {
            to(Rung.INTERRUPTED, nowNanos);
            out.add(new RunCommand.Interrupt(number));
        }
    }

    private void to(Rung next, long nowNanos) {
        rung = next;
        rungNanos = nowNanos;
    }

    void ended(long nowNanos, List<RunCommand> out) {
        if (!alive) {
            return;
        }
        alive = false;
        clean(nowNanos, out);
    }

    private void clean(long nowNanos, List<RunCommand> out) {
        if (cleaning == Cleaning.AWAITED) {
            cleaning = Cleaning.RUNNING;
            cleaningNanos = nowNanos;
            out.add(new RunCommand.Clean(number));
        }
    }

    void cleaned() {
        if (cleaning != Cleaning.AWAITED) {
            cleaning = Cleaning.DONE;
        }
    }

    /// Looks at the clock for whatever is being stopped or cleaned up.
    void climb(long nowNanos, List<RunCommand> out) {
        if (Deadline.due(shieldNanos, nowNanos) && rung != Rung.NONE) {
            unshield(nowNanos, out);
        }
        if (Deadline.due(rungEnds(), nowNanos)) {
            if (rung == Rung.FORCED) {
                to(Rung.ABANDONED, nowNanos);
                out.add(new RunCommand.Abandon(number));
                clean(nowNanos, out);
            } else {
                to(Rung.FORCED, nowNanos);
                out.add(new RunCommand.Force(number));
            }
        }
        if (Deadline.due(cleaningEnds(), nowNanos)) {
            boolean first = cleaning == Cleaning.RUNNING;
            cleaning = first ? Cleaning.HURRIED : Cleaning.ABANDONED;
            cleaningNanos = nowNanos;
            out.add(first ? new RunCommand.Hurry(number) : new RunCommand.AbandonCleanup(number));
        }
    }

    private long rungEnds() {
        boolean shielded = rung == Rung.TOLD && shieldNanos != Deadline.NEVER;
        boolean climbs = rung != Rung.NONE && rung != Rung.ABANDONED;
        return alive && climbs && !shielded
                ? policy.limits().grace().after(rungNanos)
                : Deadline.NEVER;
    }

    private long cleaningEnds() {
        return switch (cleaning) {
            case AWAITED, ABANDONED, DONE -> Deadline.NEVER;
            case RUNNING, HURRIED -> policy.limits().grace().after(cleaningNanos);
        };
    }

    /// When [#climb] is next worth calling.
    long climbsAtNanos() {
        long shield = alive && rung == Rung.TOLD ? shieldNanos : Deadline.NEVER;
        return Deadline.nearer(shield, Deadline.nearer(rungEnds(), cleaningEnds()));
    }

    /// When a limit on the body runs out.
    long runsOutAtNanos() {
        if (!isWanted()) {
            return Deadline.NEVER;
        }
        return Deadline.nearer(silenceEnds(), policy.limits().attempt().after(startNanos));
    }

    private long silenceEnds() {
        return suspended > 0 ? Deadline.NEVER : policy.limits().value(silence()).after(signalNanos);
    }

    private ToolLimit silence() {
        return awaitsFirst() ? ToolLimit.FIRST_SIGNAL : ToolLimit.IDLE;
    }

    private boolean awaitsFirst() {
        return !signalled && !policy.limits().firstSignal().isOff();
    }

    /// The limit that ran out first; call it when one has.
    FiredLimit fired(long nowNanos) {
        long silence = silenceEnds();
        long whole = policy.limits().attempt().after(startNanos);
        boolean silent = Deadline.nearer(silence, whole) == silence;
        ToolLimit limit = silent ? silence() : ToolLimit.ATTEMPT;
        Span value = policy.limits().value(limit);
        long since = silent ? signalNanos : startNanos;
        return new FiredLimit(
                limit,
                value,
                policy.owner(),
                phase(),
                nowNanos - since,
                silentNanos(nowNanos),
                number);
    }

    RunPhase phase() {
        if (!isWanted()) {
            return RunPhase.STOP;
        }
        return awaitsFirst() ? RunPhase.FIRST_SIGNAL : RunPhase.RUN;
    }

    long silentNanos(long nowNanos) {
        return nowNanos - signalNanos;
    }

    int number() {
        return number;
    }

    /// Whether its body runs and nobody has told it to stop.
    boolean isWanted() {
        return alive && rung == Rung.NONE;
    }

    boolean isAlive() {
        return alive;
    }

    /// Whether nobody waits any longer for its body, or its cleanups, to end.
    boolean isGivenUp() {
        return rung == Rung.ABANDONED || cleaning == Cleaning.ABANDONED;
    }

    /// Whether body and cleanups have really ended.
    boolean isGone() {
        return !alive && cleaning == Cleaning.DONE;
    }
}
