package dev.ebbgate.core.tool;

import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.tool.Decision.TimedOut;
import dev.ebbgate.core.tool.RunEvent.Cleaned;
import dev.ebbgate.core.tool.RunEvent.Ended;
import dev.ebbgate.core.tool.RunEvent.Ending;
import dev.ebbgate.core.tool.RunEvent.Plain;
import dev.ebbgate.core.tool.RunEvent.Refused;
import dev.ebbgate.core.tool.RunEvent.Shielded;
import dev.ebbgate.core.tool.RunEvent.Unwanted;
import dev.ebbgate.core.tool.RunState.Over;
import dev.ebbgate.core.tool.RunState.Queued;
import dev.ebbgate.core.tool.RunState.Resting;
import dev.ebbgate.core.tool.RunState.Running;
import dev.ebbgate.core.tool.RunState.Stopping;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/// One call of a tool with everything done to answer it: when it times out, whether it is tried
/// again, how its body is stopped.
///
/// Moments are nanoseconds of one monotonic clock of arbitrary origin. Confined to one thread at a
/// time. Late and repeated events are harmless. The outcome is decided once, by the first reason;
/// later ones are kept in [#chain].
public final class ToolRun {

    private final RunPolicy policy;
    private final DoubleSupplier chance;
    private final RunClock clock;
    private final Reasons reasons = new Reasons();
    private final Strays strays = new Strays();
    private List<RunCommand> out = new ArrayList<>(4);
    private RunState state = new Queued();
    private @Nullable Attempt attempt;
    private @Nullable Decision afterwards;
    private boolean softened;
    private boolean ran;

    /// A run that is called now and waits for its turn.
    ///
    /// @param chance from 0 to 1, for the jitter of retries
    public ToolRun(RunPolicy policy, DoubleSupplier chance, long nowNanos) {
        this.policy = policy;
        this.chance = chance;
        this.clock = new RunClock(policy, nowNanos);
    }

    /// The body gave a sign of life at that moment. Allocates nothing and arms nothing.
    public void signal(long atNanos) {
        if (attempt != null) {
            attempt.signal(atNanos);
        }
    }

    /// Takes what has happened.
    ///
    /// @param nowNanos when it happened
    /// @return what to do, in order
    public List<RunCommand> on(RunEvent event, long nowNanos) {
        switch (event) {
            case Plain plain -> onPlain(plain, nowNanos);
            case Refused(RejectReason reason) -> refused(reason);
            case Unwanted(CancelReason reason) -> giveUp(new Decision.Cancelled(reason), nowNanos);
            case Shielded(long untilNanos) -> shielded(untilNanos);
            case Ended(int number, Ending ending) -> ended(number, ending, nowNanos);
            case Cleaned(int number) -> cleaned(number, nowNanos);
        }
        return take();
    }

    private List<RunCommand> take() {
        if (out.isEmpty()) {
            return List.of();
        }
        List<RunCommand> taken = out;
        out = new ArrayList<>(4);
        return taken;
    }

    private void onPlain(Plain event, long nowNanos) {
        Attempt present = attempt;
        switch (event) {
            case TURN -> turn(nowNanos);
            case WOKEN -> woken(nowNanos);
            case SUSPENDED, RESUMED, UNSHIELDED -> {
                if (present != null) {
                    present.on(event, nowNanos, out);
                }
            }
        }
    }

    private void turn(long nowNanos) {
        if (state instanceof Queued) {
            start(1, nowNanos);
        }
    }

    private void refused(RejectReason reason) {
        if (state instanceof Queued) {
            decide(new Decision.Rejected(reason));
            endIfGone();
        }
    }

    private void shielded(long untilNanos) {
        if (attempt != null) {
            attempt.shield(untilNanos);
        }
    }

    private void start(int number, long nowNanos) {
        attempt = new Attempt(number, policy, nowNanos);
        state = new Running();
        out.add(new RunCommand.Start(number));
    }

    private void ended(int number, Ending ending, long nowNanos) {
        Attempt ended = find(number);
        if (ended == null || !ended.isAlive()) {
            return;
        }
        ran = ran || ending != Ending.NOT_BEGUN;
        boolean well = ending == Ending.RETURNED;
        Decision decision = well ? new Decision.Completed() : new Decision.Failed();
        if (ended.isWanted()) {
            state = new Stopping();
            boolean again = ending == Ending.FAILED && policy.retry().onFailure();
            decideOrRetry(decision, again, nowNanos);
        } else if (isDecided()) {
            reasons.add(decision);
        }
        ended.ended(nowNanos, out);
        goOn(nowNanos);
    }

    private void cleaned(int number, long nowNanos) {
        Attempt cleaned = find(number);
        if (cleaned != null) {
            cleaned.cleaned();
            goOn(nowNanos);
        }
    }

    /// Something has really ended: whatever waited for that.
    private void goOn(long nowNanos) {
        strays.forgetGone();
        restIfFree(nowNanos);
        endIfGone();
    }

    private @Nullable Attempt find(int number) {
        if (attempt != null && attempt.number() == number) {
            return attempt;
        }
        return strays.find(number);
    }

    /// Nobody wants it any more, for this reason.
    private void giveUp(Decision decision, long nowNanos) {
        Attempt present = attempt;
        decide(decision);
        if (present != null && !(state instanceof Over)) {
            present.stop(decision, nowNanos, out);
            state = new Stopping();
        }
        endIfGone();
    }

    private void decide(Decision decision) {
        afterwards = null;
        if (reasons.add(decision)) {
            out.add(new RunCommand.Settle(decision));
        }
    }

    /// Decides so, unless another attempt may still change it.
    private void decideOrRetry(Decision decision, boolean again, long nowNanos) {
        Attempt present = attempt;
        boolean more = present != null && present.number() < policy.retry().attempts();
        if (again && more && clock.fits(nowNanos)) {
            afterwards = decision;
        } else {
            decide(decision);
        }
    }

    /// Begins to wait for the next attempt, if there is to be one and nothing is in its way.
    private void restIfFree(long nowNanos) {
        Attempt last = attempt;
        Decision open = afterwards;
        boolean rests = state instanceof Resting;
        if (open == null || last == null || rests || !(last.isGone() || mayRunBeside(last))) {
            return;
        }
        long wait = policy.retry().waitNanos(last.number(), chance.getAsDouble());
        long begin = nowNanos + wait;
        if (!clock.fits(begin)) {
            decide(open);
            return;
        }
        state = new Resting(begin);
    }

    private boolean mayRunBeside(Attempt last) {
        return last.isGivenUp() && policy.idempotent();
    }

    private void woken(long nowNanos) {
        if (Deadline.due(softAtNanos(), nowNanos)) {
            softened = true;
            out.add(RunCommand.Plain.SOFTEN);
        }
        if (!isDecided() && Deadline.due(runsOutAtNanos(), nowNanos)) {
            timeOut(nowNanos);
        }
        if (state instanceof Resting(long untilNanos) && Deadline.due(untilNanos, nowNanos)) {
            next(nowNanos);
        }
        climb(nowNanos);
        endIfGone();
    }

    private void timeOut(long nowNanos) {
        Attempt present = attempt;
        long ofAttempt = present == null ? Deadline.NEVER : present.runsOutAtNanos();
        boolean inner = Deadline.nearer(ofAttempt, ofRunAtNanos()) == ofAttempt;
        if (present != null && inner && ofAttempt != Deadline.NEVER) {
            TimedOut decision = new TimedOut(present.fired(nowNanos));
            decideOrRetry(decision, policy.retry().onTimeout(), nowNanos);
            present.stop(decision, nowNanos, out);
            state = new Stopping();
        } else {
            giveUp(new TimedOut(clock.fired(phase(), present, nowNanos)), nowNanos);
        }
    }

    private void next(long nowNanos) {
        Attempt last = attempt;
        if (last == null || isDecided()) {
            return;
        }
        strays.add(last);
        afterwards = null;
        start(last.number() + 1, nowNanos);
    }

    private void climb(long nowNanos) {
        strays.climb(nowNanos, out);
        Attempt last = attempt;
        if (last == null) {
            return;
        }
        boolean before = last.isGivenUp();
        last.climb(nowNanos, out);
        Decision open = afterwards;
        if (before || !last.isGivenUp() || open == null) {
            return;
        }
        if (mayRunBeside(last)) {
            restIfFree(nowNanos);
        } else {
            decide(open);
        }
    }

    private void endIfGone() {
        boolean gone = (attempt == null || attempt.isGone()) && strays.isEmpty();
        if (gone && isDecided() && !(state instanceof Over)) {
            state = new Over();
            out.add(RunCommand.Plain.TERMINATE);
        }
    }

    /// When [Plain#WOKEN] is next worth telling; [Deadline#NEVER] if never.
    public long wakeAtNanos() {
        long at = isDecided() ? Deadline.NEVER : Deadline.nearer(runsOutAtNanos(), softAtNanos());
        if (state instanceof Resting(long untilNanos)) {
            at = Deadline.nearer(at, untilNanos);
        }
        if (attempt != null) {
            at = Deadline.nearer(at, attempt.climbsAtNanos());
        }
        return Deadline.nearer(at, strays.climbsAtNanos());
    }

    private long softAtNanos() {
        return softened || isDecided() ? Deadline.NEVER : clock.softensAtNanos();
    }

    private long runsOutAtNanos() {
        return Deadline.nearer(
                ofRunAtNanos(), attempt == null ? Deadline.NEVER : attempt.runsOutAtNanos());
    }

    private long ofRunAtNanos() {
        return Deadline.nearer(deadlineNanos(), queueEndsAtNanos());
    }

    private long queueEndsAtNanos() {
        return state instanceof Queued ? clock.queueEndsAtNanos() : Deadline.NEVER;
    }

    /// The moment by which the outcome is decided; [Deadline#NEVER] where nothing limits that.
    public long deadlineNanos() {
        return clock.totalEndsAtNanos();
    }

    public RunState state() {
        return state;
    }

    /// The phase it is in.
    public RunPhase phase() {
        return switch (state) {
            case Queued _ -> RunPhase.QUEUE;
            case Resting _ -> RunPhase.BACKOFF;
            case Running _ -> attempt == null ? RunPhase.RUN : attempt.phase();
            case Stopping _, Over _ -> RunPhase.STOP;
        };
    }

    /// Whether the outcome is decided.
    public boolean isDecided() {
        return !reasons.isEmpty();
    }

    /// How it came out, or null while that is open.
    public @Nullable Decision decision() {
        return reasons.first();
    }

    /// Every reason for which it ended or would have ended, the one that won first.
    public List<Decision> chain() {
        return reasons.chain();
    }

    /// The number of the attempt in hand or the last one; 0 before the first.
    public int attempts() {
        return attempt == null ? 0 : attempt.number();
    }

    /// What is known by now of what it did.
    public Effects effects() {
        if (attempt == null) {
            return Effects.NONE;
        }
        boolean alive = attempt.isAlive() || strays.isAnyAlive();
        if (alive) {
            return Effects.UNKNOWN_STILL_RUNNING;
        }
        if (!ran) {
            return Effects.NONE;
        }
        return decision() instanceof Decision.Completed ? Effects.DONE : Effects.STOPPED;
    }
}
