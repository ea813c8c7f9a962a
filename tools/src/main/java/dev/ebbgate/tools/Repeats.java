package dev.ebbgate.tools;

import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.tools.settings.Duplicates;
import dev.ebbgate.tools.time.Timer;
import dev.ebbgate.tools.time.Timers;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Which run has which idempotency key, while that matters. Safe for threads.
final class Repeats {

    private record Key(String tool, String key) {}

    private final Timers timers;
    private final Map<Key, SharedRun<?>> known = new HashMap<>();

    Repeats(Timers timers) {
        this.timers = timers;
    }

    /// What is to become of a call with a key.
    ///
    /// @param <R> its result
    sealed interface Entry<R> {

        /// The key is another's, and this one is not to have it.
        record Refused<R>() implements Entry<R> {}

        /// It has the run that has the key.
        record Joined<R>(SharedCall<R> call) implements Entry<R> {}

        /// It has the key now, and is to be run.
        ///
        /// @param after when this run has ended, if there is one: it has the same key, and there is
        ///   nothing to be had of it any more
        record Fresh<R>(@Nullable SharedRun<?> after) implements Entry<R> {}
    }

    /// Enters a call. When this returns, the run that it has has begun.
    ///
    /// Tools of one name are one tool, so their results are of one type.
    ///
    /// @param mine what is to be run where nothing of this key is
    @SuppressWarnings("unchecked")
    synchronized <R> Entry<R> enter(
            String key, Order<?, R> order, SharedRun<R> mine, boolean joins) {
        Key name = new Key(order.id().tool(), key);
        SharedRun<R> other = (SharedRun<R>) known.get(name);
        if (other != null) {
            if (!joins || wouldWaitForItself(order, other.run())) {
                return new Entry.Refused<>();
            }
            SharedCall<R> call = other.join(order);
            if (call != null) {
                call.begin();
                return new Entry.Joined<>(call);
            }
        }
        known.put(name, mine);
        mine.begin(other);
        return new Entry.Fresh<>(other);
    }

    /// Whether a run that is to be joined waits, however far down, for one of the runs within which
    /// it would be joined: none of them would ever end.
    private static boolean wouldWaitForItself(Order<?, ?> order, Run<?, ?> joined) {
        Set<Run<?, ?>> above = new HashSet<>();
        Body<?, ?> body = order.parent();
        while (body != null) {
            Run<?, ?> owner = body.owner();
            above.add(owner);
            Body<?, ?> parent = owner.parent();
            body = parent != null && parent.called().contains(owner) ? parent : null;
        }
        return !above.isEmpty() && waitsFor(joined, above, new HashSet<>());
    }

    private static boolean waitsFor(Run<?, ?> run, Set<Run<?, ?>> wanted, Set<Run<?, ?>> seen) {
        return wanted.contains(run)
                || (seen.add(run)
                        && run.called().stream().anyMatch(next -> waitsFor(next, wanted, seen)));
    }

    /// The run has really ended: its key is free, or is kept for as long as it is to be replayed,
    /// or falls back to an earlier run for whose end this one has waited in vain.
    void leave(Run<?, ?> run) {
        String name = run.key();
        if (name == null) {
            return;
        }
        Key key = new Key(run.tool().name(), name);
        if (run.outcome() instanceof Outcome.Completed<?>
                && run.tool().settings().duplicates() instanceof Duplicates.Replayed(Span span)) {
            forgetAfter(span, key, run);
        } else {
            forget(key, run);
        }
    }

    private void forgetAfter(Span span, Key key, Run<?, ?> run) {
        timers.arm(
                new Timer() {
                    @Override
                    protected void fire(long nowNanos) {
                        forget(key, run);
                    }
                },
                Deadline.plus(timers.time().nanoTime(), span.nanos()));
    }

    private synchronized void forget(Key key, Run<?, ?> run) {
        known.computeIfPresent(key, (_, other) -> other.isOf(run) ? other.before() : other);
    }

    synchronized int size() {
        return known.size();
    }
}
