package dev.ebbgate.core.exchange;

import dev.ebbgate.core.exchange.Command.Abort;
import dev.ebbgate.core.exchange.Command.Enqueue;
import dev.ebbgate.core.exchange.Command.Start;
import dev.ebbgate.core.failover.Course;
import dev.ebbgate.core.failover.FailureTable;
import dev.ebbgate.core.failure.Cut;
import dev.ebbgate.core.failure.Failure;
import dev.ebbgate.core.failure.Failure.BadStatus;
import dev.ebbgate.core.health.Permit;
import dev.ebbgate.core.health.Standing;
import dev.ebbgate.core.health.Standing.Purpose;
import dev.ebbgate.core.health.Ticket;
import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.limit.Fired;
import dev.ebbgate.core.limit.Phase;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.limit.Timeouts;
import dev.ebbgate.core.setting.Sourced;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/// The attempts of one exchange, one after the other: which is under way, which were before it, and
/// which follows. It knows nothing of the client.
///
/// Between two attempts it may pause, or wait in the queue of a provider. Where a method answers
/// commands, null says that nothing follows any more; [#outcome] then says how it came out.
final class Chain {

    private static final List<Command> NOTHING = List.of();

    private final ExchangePolicy policy;
    private final Standing standing;
    private final long requestEndsNanos;
    private final Course course;
    private @Nullable Attempt latest;
    private @Nullable List<Attempt> earlier;
    private long resumesNanos = Deadline.NEVER;
    private @Nullable Ticket ticket;
    private long queuedNanos;
    private @Nullable Failure refusal;

    Chain(ExchangePolicy policy, Standing standing, DoubleSupplier random, long requestEndsNanos) {
        this.policy = policy;
        this.standing = standing;
        this.requestEndsNanos = requestEndsNanos;
        this.course = new Course(policy.failover(), policy.targets().size(), random);
    }

    @Nullable List<Command> begin(long nowNanos) {
        if (policy.hasChoice()) {
            course.follow(standing.order(policy.places()));
        }
        return seek(Purpose.FIRST, nowNanos);
    }

    /// Begins an attempt at the target whose turn it is, or else at the first behind it that may be
    /// asked.
    private @Nullable List<Command> seek(Purpose first, long nowNanos) {
        Purpose purpose = first;
        while (true) {
            List<Command> begun =
                    admitted(standing.ask(course.target(), purpose, nowNanos), nowNanos);
            if (begun != null) {
                return begun;
            }
            if (course.untried() == 0) {
                return lastResort(nowNanos);
            }
            course.advance();
            purpose = latest == null ? Purpose.FIRST : Purpose.FAILOVER;
        }
    }

    private @Nullable List<Command> admitted(Standing.Admission admission, long nowNanos) {
        return switch (admission) {
            case Standing.Granted(Permit permit) -> List.of(start(permit, nowNanos));
            case Standing.Full(Ticket place) -> {
                ticket = place;
                queuedNanos = nowNanos;
                yield List.of(new Enqueue(place));
            }
            case Standing.Cooling(long untilNanos) -> {
                if (refusal == null) {
                    refusal = new Failure.Resting(span(untilNanos - nowNanos));
                }
                yield null;
            }
            case Standing.Spent _ -> null;
        };
    }

    private static Span span(long nanos) {
        return new Span(Math.max(1, nanos));
    }

    /// Where all targets cool down, the one that is ready first may be asked all the same.
    private @Nullable List<Command> lastResort(long nowNanos) {
        if (latest != null || !(refusal instanceof Failure.Resting)) {
            return null;
        }
        int soonest = standing.soonest(course.all(), nowNanos);
        course.end(soonest);
        refusal = null;
        return admitted(standing.ask(soonest, Purpose.LAST_RESORT, nowNanos), nowNanos);
    }

    private Start start(Permit permit, long nowNanos) {
        int number = 1;
        if (latest != null) {
            number = latest.number() + 1;
            if (earlier == null) {
                earlier = new ArrayList<>();
            }
            earlier.add(latest);
        }
        latest = attempt(number, permit, nowNanos);
        return new Start(number, course.target(), permit.key());
    }

    private Attempt attempt(int number, Permit permit, long nowNanos) {
        Timeouts timeouts = policy.targets().get(course.target());
        Attempt attempt =
                new Attempt(
                        number, course.target(), permit, timeouts, policy.afterFinish(), nowNanos);
        if (course.isPatienceShort()) {
            attempt.hurry(
                    course.patience(timeouts.firstToken()),
                    Share.of(course, policy.request(), requestEndsNanos, nowNanos));
        }
        return attempt;
    }

    /// The attempt of this number if it is under way, else null.
    @Nullable Attempt underWay(int number) {
        return latest != null && number == latest.number() && !isWaiting() ? latest : null;
    }

    /// Settles the accounts of an attempt that is over.
    void close(Attempt attempt, long nowNanos) {
        Blame.settle(attempt, policy.failover().retryAfterMax(), nowNanos);
    }

    /// What follows an attempt that failed before anything of it reached the client.
    @Nullable List<Command> after(Attempt failed, long nowNanos) {
        List<Command> next =
                switch (step(failed, nowNanos)) {
                    case Course.Again(long wait) -> again(wait, nowNanos);
                    case Course.Plain.AT_ONCE ->
                            isEnoughLeft(nowNanos) ? seek(Purpose.FAILOVER, nowNanos) : null;
                    case Course.Plain.NEXT -> next(nowNanos);
                    case Course.Plain.GIVE_UP -> null;
                };
        if (next == null) {
            return null;
        }
        List<Command> all = new ArrayList<>(next.size() + 1);
        all.add(new Abort(failed.number()));
        all.addAll(next);
        return all;
    }

    private Course.Step step(Attempt failed, long nowNanos) {
        return switch (failed.outcome()) {
            case Outcome.Failed(Failure failure) ->
                    course.after(
                            FailureTable.row(failure),
                            failure instanceof BadStatus refused ? refused.retryAfter() : null,
                            failed.permit().hasOtherKey(nowNanos));
            case Outcome.TimedOut(Fired fired) ->
                    course.after(FailureTable.row(fired.limit().limit()), null, false);
            case Outcome.Completed _, Outcome.Cancelled _ -> Course.Plain.GIVE_UP;
            case null -> throw new IllegalStateException("the attempt is still under way");
        };
    }

    private @Nullable List<Command> again(long waitNanos, long nowNanos) {
        if (!isEnoughLeft(nowNanos + waitNanos)) {
            return next(nowNanos); // it may still answer in what the wait would take
        }
        if (waitNanos > 0) {
            resumesNanos = Deadline.plus(nowNanos, waitNanos);
            return NOTHING;
        }
        return seek(Purpose.RETRY, nowNanos);
    }

    private @Nullable List<Command> next(long nowNanos) {
        if (course.untried() == 0 || !isEnoughLeft(nowNanos)) {
            return null;
        }
        course.advance();
        return seek(Purpose.FAILOVER, nowNanos);
    }

    private boolean isEnoughLeft(long startNanos) {
        return Share.isEnough(requestEndsNanos, startNanos);
    }

    /// When the chain is next worth asking; [Deadline#NEVER] if never.
    long wakeAtNanos() {
        if (ticket != null) {
            return ticket.patience().value().after(queuedNanos);
        }
        if (isPausing()) {
            return resumesNanos;
        }
        return latest == null ? Deadline.NEVER : latest.wakeAtNanos();
    }

    /// Whether a limit of the attempt under way runs out no later than that.
    boolean endsBefore(long moment) {
        long own = wakeAtNanos();
        return !isWaiting() && own != Deadline.NEVER && Deadline.nearer(own, moment) == own;
    }

    /// Begins what was waited with if its moment has come, or leaves a queue that is too long.
    @Nullable List<Command> resume(long nowNanos) {
        if (!Deadline.due(wakeAtNanos(), nowNanos)) {
            return NOTHING;
        }
        if (ticket != null) {
            return leaveQueue(ticket, nowNanos);
        }
        if (isPausing()) {
            resumesNanos = Deadline.NEVER;
            return seek(Purpose.RETRY, nowNanos);
        }
        return NOTHING;
    }

    private @Nullable List<Command> leaveQueue(Ticket left, long nowNanos) {
        Sourced<Span> patience = left.patience();
        refusal =
                new Failure.Crowded(
                        new Cut("queue", patience.value().toString(), patience.source()));
        ticket = null;
        left.cancel(nowNanos);
        return next(nowNanos);
    }

    /// It may be this exchange's turn in the queue it waits in.
    @Nullable List<Command> turn(long nowNanos) {
        Ticket mine = ticket;
        if (mine == null) {
            return NOTHING;
        }
        ticket = null;
        if (latest != null && !isEnoughLeft(nowNanos)) {
            mine.cancel(nowNanos);
            return null;
        }
        long since = queuedNanos;
        List<Command> begun = admitted(mine.claim(nowNanos), nowNanos);
        if (begun == null) {
            return next(nowNanos);
        }
        queuedNanos = since;
        return begun;
    }

    /// Lets an attempt that was to be left for another target go on where no other is well.
    void reconsider(long nowNanos) {
        if (latest != null
                && !isWaiting()
                && latest.isHurried()
                && Deadline.due(latest.wakeAtNanos(), nowNanos)
                && !isAnotherReady(nowNanos)) {
            latest.relax();
        }
    }

    /// The attempt that a limit has just ended, or null.
    @Nullable Attempt expire(long nowNanos) {
        return latest != null && !isWaiting() && latest.wake(nowNanos) == Attempt.Change.OVER
                ? latest
                : null;
    }

    private boolean isAnotherReady(long nowNanos) {
        for (int target : course.rest()) {
            if (!standing.cools(target, nowNanos)) {
                return true;
            }
        }
        return false;
    }

    /// Ends what is under way from outside, and answers how the exchange has come out thereby: an
    /// answer that is complete but for its formal end stays complete.
    Outcome end(Outcome outcome, long nowNanos) {
        if (ticket != null) {
            ticket.cancel(nowNanos);
        }
        if (latest == null || isWaiting()) {
            return outcome;
        }
        latest.end(outcome, nowNanos);
        close(latest, nowNanos);
        Outcome own = latest.outcome();
        return own == null ? outcome : own;
    }

    /// How it came out when nothing follows any more.
    Outcome outcome() {
        Outcome own = latest == null ? null : latest.outcome();
        if (own != null) {
            return own;
        }
        return new Outcome.Failed(refusal == null ? new Failure.Defect() : refusal);
    }

    private boolean isPausing() {
        return resumesNanos != Deadline.NEVER;
    }

    private boolean isWaiting() {
        return isPausing() || ticket != null;
    }

    /// The attempt under way, or the last one; null before the first.
    @Nullable Attempt latest() {
        return latest;
    }

    /// All attempts, the last one included.
    List<Attempt> all() {
        if (latest == null) {
            return List.of();
        }
        if (earlier == null) {
            return List.of(latest);
        }
        List<Attempt> all = new ArrayList<>(earlier);
        all.add(latest);
        return all;
    }

    /// How many targets have not been asked yet.
    int untried() {
        return course.untried();
    }

    Phase phase() {
        if (ticket != null) {
            return Phase.QUEUE;
        }
        if (latest == null) {
            return refusal instanceof Failure.Crowded ? Phase.QUEUE : Phase.RECEIVE;
        }
        return isPausing() ? Phase.BACKOFF : latest.phase();
    }
}
