package dev.ebbgate.core.exchange;

import dev.ebbgate.core.exchange.Command.Abort;
import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.limit.Span;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// All attempts of one exchange, and which of them are under way: the current one, whose turn it
/// is, and perhaps its hedge, which began after it and runs beside it.
final class Attempts {

    private static final Outcome SUPERSEDED = new Outcome.Cancelled(CancelReason.SUPERSEDED);

    private final Span retryAfterMax;
    private @Nullable Attempt current;
    private @Nullable Attempt hedge;
    private @Nullable List<Attempt> several;

    /// @param retryAfterMax the longest Retry-After that is waited for
    Attempts(Span retryAfterMax) {
        this.retryAfterMax = retryAfterMax;
    }

    /// The attempt whose turn it is, or the last one; null before the first.
    @Nullable Attempt current() {
        return current;
    }

    /// Whether nothing has begun yet.
    boolean isNone() {
        return current == null;
    }

    /// The attempt beside it, if there is one.
    @Nullable Attempt hedge() {
        return hedge;
    }

    /// The attempt that waits for its first token with none beside it; null if there is none such.
    @Nullable Attempt silentAlone() {
        return hedge == null && current != null && current.isSilent() ? current : null;
    }

    /// The number of the attempt that begins next.
    int nextNumber() {
        if (several != null) {
            return several.size() + 1;
        }
        return current == null ? 1 : 2;
    }

    void begin(Attempt attempt) {
        note(attempt);
        current = attempt;
    }

    void beginHedge(Attempt attempt) {
        note(attempt);
        hedge = attempt;
    }

    private void note(Attempt attempt) {
        if (current == null) {
            return;
        }
        if (several == null) {
            several = new ArrayList<>();
            several.add(current);
        }
        several.add(attempt);
    }

    /// All attempts, in the order in which they began.
    List<Attempt> all() {
        if (several != null) {
            return List.copyOf(several);
        }
        return current == null ? List.of() : List.of(current);
    }

    /// The attempt of this number if something may still be heard of it, else null.
    @Nullable Attempt find(int number) {
        if (current != null && number == current.number()) {
            return current;
        }
        return hedge != null && number == hedge.number() ? hedge : null;
    }

    /// The one of the two under way that is not this one; null if there is only one.
    @Nullable Attempt otherThan(Attempt one) {
        if (hedge == null) {
            return null;
        }
        return one.number() == hedge.number() ? current : hedge;
    }

    /// Goes on with this one of the two alone.
    void goOnWith(Attempt one) {
        current = one;
        hedge = null;
    }

    /// Settles the accounts of an attempt that is over.
    void close(Attempt attempt, long nowNanos) {
        Blame.settle(attempt, retryAfterMax, nowNanos);
    }

    /// Ends the one of the two that has not won, and goes on with the other.
    List<Command> supersede(Attempt loser, Attempt winner, long nowNanos) {
        end(loser, SUPERSEDED, nowNanos);
        goOnWith(winner);
        return List.of(new Abort(loser.number()));
    }

    /// Ends what is under way from outside, and answers how the exchange has come out thereby: an
    /// answer that is complete but for its formal end stays complete, and is the current one.
    Outcome endAll(Outcome outcome, long nowNanos) {
        Attempt first = current;
        Attempt second = hedge;
        if (first == null) {
            return outcome;
        }
        if (second == null) {
            return end(first, outcome, nowNanos);
        }
        Outcome ofSecond = end(second, outcome, nowNanos);
        if (ofSecond instanceof Outcome.Completed) {
            end(first, SUPERSEDED, nowNanos);
            current = second;
            hedge = first;
            return ofSecond;
        }
        return end(first, outcome, nowNanos);
    }

    private Outcome end(Attempt attempt, Outcome outcome, long nowNanos) {
        attempt.end(outcome, nowNanos);
        close(attempt, nowNanos);
        Outcome own = attempt.outcome();
        return own == null ? outcome : own;
    }

    void suspend() {
        if (current != null) {
            current.suspend();
        }
        if (hedge != null) {
            hedge.suspend();
        }
    }

    void resume(long nowNanos) {
        if (current != null) {
            current.resume(nowNanos);
        }
        if (hedge != null) {
            hedge.resume(nowNanos);
        }
    }

    /// When the next limit of those under way runs out; [Deadline#NEVER] if none does.
    long limitEndsNanos() {
        long first = current == null ? Deadline.NEVER : current.wakeAtNanos();
        return hedge == null ? first : Deadline.nearer(first, hedge.wakeAtNanos());
    }

    /// The limit of those under way that runs out next; null if none does.
    @Nullable NextLimit next() {
        return NextLimit.nearer(
                current == null ? null : current.next(), hedge == null ? null : hedge.next());
    }

    /// An attempt that a limit has just ended, or null.
    @Nullable Attempt expire(long nowNanos) {
        if (current != null && current.wake(nowNanos) == AttemptChange.OVER) {
            return current;
        }
        return hedge != null && hedge.wake(nowNanos) == AttemptChange.OVER ? hedge : null;
    }

    /// Whether one of them is about to be left for another target, before its own limit.
    boolean isAboutToBeLeft(long nowNanos) {
        return isAboutToBeLeft(current, nowNanos) || isAboutToBeLeft(hedge, nowNanos);
    }

    private static boolean isAboutToBeLeft(@Nullable Attempt attempt, long nowNanos) {
        return attempt != null
                && attempt.isHurried()
                && Deadline.due(attempt.wakeAtNanos(), nowNanos);
    }

    /// Lets those that are about to be left wait as long as they may.
    void relax(long nowNanos) {
        if (current != null && isAboutToBeLeft(current, nowNanos)) {
            current.relax();
        }
        if (hedge != null && isAboutToBeLeft(hedge, nowNanos)) {
            hedge.relax();
        }
    }

    /// Closes the upstream of the hedge, if there is one, which is then forgotten.
    List<Command> abortHedge() {
        if (hedge == null) {
            return List.of();
        }
        List<Command> abort = List.of(new Abort(hedge.number()));
        hedge = null;
        return abort;
    }

    /// Closes the upstream of whatever is under way.
    List<Command> abortAll() {
        if (current == null) {
            return List.of();
        }
        Abort first = new Abort(current.number());
        return hedge == null ? List.of(first) : List.of(new Abort(hedge.number()), first);
    }
}
