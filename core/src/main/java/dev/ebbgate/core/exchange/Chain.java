package dev.ebbgate.core.exchange;

import dev.ebbgate.core.exchange.Command.Abort;
import dev.ebbgate.core.exchange.Command.Start;
import dev.ebbgate.core.failover.Course;
import dev.ebbgate.core.failover.FailureTable;
import dev.ebbgate.core.failure.Failure;
import dev.ebbgate.core.failure.Failure.BadStatus;
import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.limit.Fired;
import dev.ebbgate.core.limit.Phase;
import dev.ebbgate.core.limit.ResolvedLimit;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.limit.Timeouts;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/// The attempts of one exchange, one after the other: which is under way, which were before it, and
/// which follows. It knows nothing of the client.
final class Chain {

    /// An attempt with less time left is not worth its price.
    private static final long LEAST_NANOS = Span.ofSeconds(1).nanos();

    private static final List<Command> NOTHING = List.of();

    private final ExchangePolicy policy;
    private final long requestEndsNanos;
    private final Course course;
    private Attempt latest;
    private @Nullable List<Attempt> earlier;
    private long resumesNanos = Deadline.NEVER;

    /// A chain whose first attempt begins at `nowNanos`.
    Chain(ExchangePolicy policy, DoubleSupplier random, long requestEndsNanos, long nowNanos) {
        this.policy = policy;
        this.requestEndsNanos = requestEndsNanos;
        this.course = new Course(policy.failover(), policy.targets().size(), random);
        this.latest = attempt(1, nowNanos);
    }

    private Attempt attempt(int number, long nowNanos) {
        Timeouts timeouts = policy.targets().get(course.target());
        ResolvedLimit own = timeouts.firstToken();
        ResolvedLimit patience = course.firstToken(own);
        Attempt attempt =
                new Attempt(
                        number,
                        course.target(),
                        patience.equals(own) ? timeouts : timeouts.with(patience),
                        policy.afterFinish(),
                        nowNanos);
        if (requestEndsNanos != Deadline.NEVER && course.untried() > 0) {
            long end = nowNanos + course.shareNanos(requestEndsNanos - nowNanos);
            if (end != requestEndsNanos) {
                attempt.heed(new Attempt.Share(end, policy.request()));
            }
        }
        return attempt;
    }

    List<Command> begin() {
        return List.of(start());
    }

    private Start start() {
        return new Start(latest.number(), latest.target());
    }

    /// The attempt of this number if it is under way, else null.
    @Nullable Attempt underWay(int number) {
        return number == latest.number() && !isPausing() ? latest : null;
    }

    /// What follows an attempt that failed before anything of it reached the client, or null if
    /// nothing does.
    @Nullable List<Command> after(Attempt failed, long nowNanos) {
        return switch (step(failed)) {
            case Course.Again(long wait) -> again(failed, wait, nowNanos);
            case Course.Plain.NEXT -> next(failed, nowNanos);
            case Course.Plain.GIVE_UP -> null;
        };
    }

    private Course.Step step(Attempt failed) {
        return switch (failed.outcome()) {
            case Outcome.Failed(Failure failure) ->
                    course.after(
                            FailureTable.row(failure),
                            failure instanceof BadStatus refusal ? refusal.retryAfter() : null);
            case Outcome.TimedOut(Fired fired) ->
                    course.after(FailureTable.row(fired.limit().limit()), null);
            case Outcome.Completed _, Outcome.Cancelled _ -> Course.Plain.GIVE_UP;
            case null -> throw new IllegalStateException("the attempt is still under way");
        };
    }

    private @Nullable List<Command> again(Attempt failed, long waitNanos, long nowNanos) {
        if (!isEnoughLeft(nowNanos + waitNanos)) {
            // Waiting would take what is left; the next target may still answer in it.
            return course.untried() > 0 ? next(failed, nowNanos) : null;
        }
        if (waitNanos > 0) {
            resumesNanos = Deadline.plus(nowNanos, waitNanos);
            return List.of(new Abort(failed.number()));
        }
        return List.of(new Abort(failed.number()), startAnother(nowNanos));
    }

    private @Nullable List<Command> next(Attempt failed, long nowNanos) {
        if (!isEnoughLeft(nowNanos)) {
            return null;
        }
        course.advance();
        return List.of(new Abort(failed.number()), startAnother(nowNanos));
    }

    private boolean isEnoughLeft(long startNanos) {
        return requestEndsNanos == Deadline.NEVER || requestEndsNanos - startNanos >= LEAST_NANOS;
    }

    private Start startAnother(long nowNanos) {
        resumesNanos = Deadline.NEVER;
        if (earlier == null) {
            earlier = new ArrayList<>();
        }
        earlier.add(latest);
        latest = attempt(latest.number() + 1, nowNanos);
        return start();
    }

    /// When the chain is next worth asking; [Deadline#NEVER] if never.
    long wakeAtNanos() {
        return isPausing() ? resumesNanos : latest.wakeAtNanos();
    }

    /// Begins what was waited with, if its moment has come.
    List<Command> resume(long nowNanos) {
        return isPausing() && Deadline.due(resumesNanos, nowNanos)
                ? List.of(startAnother(nowNanos))
                : NOTHING;
    }

    /// The attempt that a limit has just ended, or null.
    @Nullable Attempt expire(long nowNanos) {
        return !isPausing() && latest.wake(nowNanos) == Attempt.Change.OVER ? latest : null;
    }

    /// Ends what is under way from outside, and answers how the exchange has come out thereby: an
    /// answer that is complete but for its formal end stays complete.
    Outcome end(Outcome outcome, long nowNanos) {
        if (isPausing()) {
            return outcome;
        }
        latest.end(outcome, nowNanos);
        Outcome own = latest.outcome();
        return own == null ? outcome : own;
    }

    private boolean isPausing() {
        return resumesNanos != Deadline.NEVER;
    }

    Attempt latest() {
        return latest;
    }

    /// All attempts, the last one included.
    List<Attempt> all() {
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
        return isPausing() ? Phase.BACKOFF : latest.phase();
    }
}
