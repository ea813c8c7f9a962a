package dev.ebbgate.core.exchange;

import dev.ebbgate.core.exchange.Command.Abort;
import dev.ebbgate.core.exchange.Command.Enqueue;
import dev.ebbgate.core.exchange.Command.Start;
import dev.ebbgate.core.failover.Course;
import dev.ebbgate.core.failure.Failure;
import dev.ebbgate.core.health.Permit;
import dev.ebbgate.core.health.Standing;
import dev.ebbgate.core.health.Standing.Purpose;
import dev.ebbgate.core.health.Ticket;
import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.limit.Phase;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.limit.Timeouts;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.DoubleSupplier;

/// The chain of attempts of one exchange, one after the other, or a silent one and its hedge side
/// by side: which follows, and when. It knows nothing of the client.
///
/// The current attempt is at the target whose turn it is. The target of a hedge is taken out of the
/// course, and takes that place if the hedge goes on alone. An attempt is hedged once at most.
///
/// Between two attempts it may pause, or wait in the queue of a provider. Where a method answers
/// commands, null says that nothing follows any more; [#outcome] then says how it came out.
final class Chain {

    private static final List<Command> NOTHING = List.of();

    private final ExchangePolicy policy;
    private final Standing standing;
    private final long requestEndsNanos;
    private final Course course;
    private final Attempts attempts;
    private final QueuePlace queue = new QueuePlace();
    private int lastHedged;
    private long resumesNanos = Deadline.NEVER;
    private Failure.@Nullable Resting refusal;

    Chain(ExchangePolicy policy, Standing standing, DoubleSupplier random, long requestEndsNanos) {
        this.policy = policy;
        this.attempts = new Attempts(policy.failover().retryAfterMax());
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
            purpose = attempts.isNone() ? Purpose.FIRST : Purpose.FAILOVER;
        }
    }

    private @Nullable List<Command> admitted(Standing.Admission admission, long nowNanos) {
        return switch (admission) {
            case Standing.Granted(Permit permit) -> List.of(start(permit, nowNanos));
            case Standing.Full(Ticket place) -> {
                queue.hold(place, nowNanos);
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
        if (!attempts.isNone() || refusal == null) {
            return null;
        }
        int soonest = standing.soonest(course.all(), nowNanos);
        course.end(soonest);
        refusal = null;
        return admitted(standing.ask(soonest, Purpose.LAST_RESORT, nowNanos), nowNanos);
    }

    private Start start(Permit permit, long nowNanos) {
        Attempt attempt = attempt(course.target(), permit, nowNanos);
        attempt.queued(queue.leave(nowNanos));
        attempts.begin(attempt);
        return start(attempt);
    }

    /// What was waited for in vain belongs to what happened, as any attempt does.
    private void giveUp(Ticket waitedWith, long nowNanos) {
        int target = course.target();
        Timeouts timeouts = policy.targets().get(target);
        attempts.begin(queue.giveUp(waitedWith, attempts.nextNumber(), target, timeouts, nowNanos));
    }

    private static Start start(Attempt attempt) {
        return new Start(attempt.number(), attempt.target(), attempt.permit().key());
    }

    private Attempt attempt(int target, Permit permit, long nowNanos) {
        int number = attempts.nextNumber();
        Timeouts timeouts = policy.targets().get(target);
        Attempt attempt =
                new Attempt(number, target, permit, timeouts, policy.afterFinish(), nowNanos);
        if (course.isPatienceShort()) {
            attempt.hurry(
                    course.patience(timeouts.firstToken()),
                    Share.of(course, policy.request(), requestEndsNanos, nowNanos));
        }
        return attempt;
    }

    /// What follows an attempt that failed before anything of it reached the client.
    @Nullable List<Command> after(Attempt failed, long nowNanos) {
        Attempt other = attempts.otherThan(failed);
        if (other != null) {
            attempts.goOnWith(other);
            course.goOnWith(other.target());
            return List.of(new Abort(failed.number()));
        }
        return follow(failed, Verdict.on(failed, course, nowNanos), nowNanos);
    }

    /// What follows an attempt at an answer of which the client has a part: one that goes on from
    /// there, at a target that does so. It is never hedged.
    @Nullable List<Command> sequel(Attempt broken, long nowNanos) {
        lastHedged = Integer.MAX_VALUE;
        course.keep(policy.continuing());
        return follow(broken, Verdict.afterCommit(broken, course, nowNanos), nowNanos);
    }

    private @Nullable List<Command> follow(Attempt failed, Course.Step step, long nowNanos) {
        List<Command> next =
                switch (step) {
                    case Course.Again(long wait) -> again(wait, nowNanos);
                    case Course.Plain.AT_ONCE ->
                            isEnoughLeft(nowNanos) ? seek(Purpose.FAILOVER, nowNanos) : null;
                    case Course.Plain.NEXT -> next(nowNanos);
                    case Course.Plain.GIVE_UP -> null;
                };
        if (next == null) {
            return null;
        }
        return Commands.joined(List.of(new Abort(failed.number())), next);
    }

    private @Nullable List<Command> again(long waitNanos, long nowNanos) {
        long at = nowNanos + waitNanos;
        if (!isEnoughLeft(at) || standing.refusesRetry(course.target(), nowNanos, at)) {
            return next(nowNanos); // it may answer in what the wait would take for nothing
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
        if (isWaiting()) {
            return queue.isHeld() ? queue.endsNanos() : resumesNanos;
        }
        return Deadline.nearer(attempts.limitEndsNanos(), hedgesNanos());
    }

    /// The limit that runs out next; null if none does, as while it pauses.
    @Nullable NextLimit next() {
        return isWaiting() ? queue.limit() : attempts.next();
    }

    /// When the next target is to begin beside the current one; [Deadline#NEVER] if it is not.
    private long hedgesNanos() {
        Attempt silent = policy.failover().isHedged() ? attempts.silentAlone() : null;
        if (silent == null || silent.number() <= lastHedged || course.untried() == 0) {
            return Deadline.NEVER;
        }
        return policy.failover().hedgeAfter().after(silent.startNanos());
    }

    /// Whether a limit of an attempt under way runs out no later than that.
    boolean endsBefore(long moment) {
        long own = attempts.limitEndsNanos();
        return !isWaiting() && own != Deadline.NEVER && Deadline.nearer(own, moment) == own;
    }

    /// Begins what was waited with if its moment has come, or leaves a queue that is too long.
    @Nullable List<Command> resume(long nowNanos) {
        if (!Deadline.due(wakeAtNanos(), nowNanos)) {
            return NOTHING;
        }
        Ticket waitedWith = queue.turn();
        if (waitedWith != null) {
            giveUp(waitedWith, nowNanos);
            return next(nowNanos);
        }
        if (isPausing()) {
            resumesNanos = Deadline.NEVER;
            return seek(Purpose.RETRY, nowNanos);
        }
        return Deadline.due(hedgesNanos(), nowNanos) ? hedge(nowNanos) : NOTHING;
    }

    /// Begins an attempt at the next target beside the one that is silent, if that may be had.
    private List<Command> hedge(long nowNanos) {
        lastHedged = attempts.nextNumber() - 1;
        if (!isEnoughLeft(nowNanos)) {
            return NOTHING;
        }
        int target = course.next();
        return switch (standing.ask(target, Purpose.HEDGE, nowNanos)) {
            case Standing.Granted(Permit permit) -> {
                course.takeNext();
                Attempt attempt = attempt(target, permit, nowNanos);
                attempts.beginHedge(attempt);
                yield List.of(start(attempt));
            }
            case Standing.Full(Ticket place) -> {
                place.cancel(nowNanos);
                yield NOTHING;
            }
            case Standing.Cooling _, Standing.Spent _ -> NOTHING;
        };
    }

    /// Cancels the attempt beside the one that has won, if there is one.
    List<Command> supersede(Attempt winner, long nowNanos) {
        Attempt loser = attempts.otherThan(winner);
        if (loser == null) {
            return NOTHING;
        }
        course.goOnWith(winner.target());
        if (policy.holds()) {
            course.askLast(loser.target()); // the winner's answer may still break
        }
        return attempts.supersede(loser, winner, nowNanos);
    }

    /// It may be this exchange's turn in the queue it waits in.
    @Nullable List<Command> turn(long nowNanos) {
        Ticket mine = queue.turn();
        if (mine == null) {
            return NOTHING;
        }
        if (!attempts.isNone() && !isEnoughLeft(nowNanos)) {
            mine.cancel(nowNanos);
            return null;
        }
        List<Command> begun = admitted(mine.claim(nowNanos), nowNanos);
        if (begun != null) {
            return begun;
        }
        queue.leave(nowNanos);
        return next(nowNanos);
    }

    /// Lets attempts that were to be left for another target go on where no other is well.
    void reconsider(long nowNanos) {
        if (attempts.isAboutToBeLeft(nowNanos) && !isAnotherReady(nowNanos)) {
            attempts.relax(nowNanos);
        }
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
        queue.cancel(nowNanos);
        return isWaiting() ? outcome : attempts.endAll(outcome, nowNanos);
    }

    /// How it came out when nothing follows any more.
    Outcome outcome() {
        Attempt last = attempts.current();
        Outcome own = last == null ? null : last.outcome();
        if (own != null) {
            return own;
        }
        return new Outcome.Failed(refusal == null ? new Failure.Defect() : refusal);
    }

    private boolean isPausing() {
        return resumesNanos != Deadline.NEVER;
    }

    private boolean isWaiting() {
        return isPausing() || queue.isHeld();
    }

    Attempts attempts() {
        return attempts;
    }

    /// How many targets have not been asked yet.
    int untried() {
        return course.untried();
    }

    Phase phase() {
        return position().phase();
    }

    Position position() {
        Attempt current = attempts.current();
        if (queue.isHeld() || current == null) {
            Phase phase = queue.isHeld() ? Phase.QUEUE : Phase.RECEIVE;
            return new Position(attempts.nextNumber(), course.target(), phase);
        }
        Phase phase = isPausing() ? Phase.BACKOFF : current.phase();
        return new Position(current.number(), current.target(), phase);
    }
}
