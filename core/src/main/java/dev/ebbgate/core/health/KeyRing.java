package dev.ebbgate.core.health;

import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.limit.Span;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/// Which of a provider's keys to use: the first, in the order written, that does not rest.
///
/// The last usable key is never taken out: a refusal is often about one model, and a provider that
/// is asked with a doubtful key can at least say so itself. Thread-safe without a lock; while all
/// keys are well, choosing and success read one reference and write nothing.
final class KeyRing {

    private static final long FIRST_REST = 60_000_000_000L;
    private static final long LONGEST_REST = 60 * FIRST_REST;
    private static final int NONE = -1;

    /// A key that was taken out, and is not known to be well since.
    ///
    /// @param refusals in a row
    /// @param sinceNanos what began before says nothing of it
    private record Rest(int refusals, long sinceNanos, long untilNanos) {}

    /// Hears of every rest, on the thread that caused it.
    interface Witness {
        void rests(int key, boolean refused, Span rest);
    }

    private final int count;
    private final Witness witness;
    private final AtomicReference<Map<Integer, Rest>> rests = new AtomicReference<>(Map.of());

    /// A ring of so many keys; none if clients bring their own.
    KeyRing(int count, Witness witness) {
        this.count = count;
        this.witness = witness;
    }

    /// Whether clients bring their own key, so that a refusal is nobody else's affair.
    boolean isEmpty() {
        return count == 0;
    }

    /// The key to use now.
    int next(long nowNanos) {
        Map<Integer, Rest> now = rests.get();
        return now.isEmpty() ? 0 : Math.max(0, usableBut(NONE, now, nowNanos));
    }

    /// Whether a key other than this can be used.
    boolean hasOther(int key, long nowNanos) {
        return usableBut(key, rests.get(), nowNanos) != NONE;
    }

    private int usableBut(int key, Map<Integer, Rest> rests, long nowNanos) {
        for (int i = 0; i < count; i++) {
            if (i != key && !isResting(rests.get(i), nowNanos)) {
                return i;
            }
        }
        return NONE;
    }

    private static boolean isResting(@Nullable Rest rest, long nowNanos) {
        return rest != null && !Deadline.due(rest.untilNanos, nowNanos);
    }

    /// Takes a refused key out, for a minute, doubled with every further refusal up to an hour. Of
    /// attempts that were under way together only the first refusal counts.
    ///
    /// @return whether the key is out; false if it was the last, or the client's own
    boolean refused(int key, long nowNanos) {
        while (true) {
            Map<Integer, Rest> before = rests.get();
            Rest old = before.get(key);
            if (isResting(old, nowNanos)) {
                return true;
            }
            if (usableBut(key, before, nowNanos) == NONE) {
                return false;
            }
            int refusals = old == null ? 1 : old.refusals + 1;
            long rest = length(refusals);
            long until = Deadline.plus(nowNanos, rest);
            if (rests.compareAndSet(before, with(before, key, refusals, nowNanos, until))) {
                witness.rests(key, true, new Span(rest));
                return true;
            }
        }
    }

    private static long length(int refusals) {
        long rest = FIRST_REST;
        for (int i = 1; i < refusals && rest < LONGEST_REST; i++) {
            rest *= 2;
        }
        return Math.min(rest, LONGEST_REST);
    }

    /// Lets a key rest until then, unless it rests for longer already.
    ///
    /// @return whether it rests; false if it was the last, or the client's own
    boolean limited(int key, long untilNanos, long nowNanos) {
        while (true) {
            Map<Integer, Rest> before = rests.get();
            Rest old = before.get(key);
            if (usableBut(key, before, nowNanos) == NONE) {
                return false;
            }
            if (lasts(old, untilNanos, nowNanos)) {
                return true;
            }
            int refusals = old == null ? 0 : old.refusals;
            if (rests.compareAndSet(before, with(before, key, refusals, nowNanos, untilNanos))) {
                witness.rests(key, false, new Span(Math.max(1, untilNanos - nowNanos)));
                return true;
            }
        }
    }

    private static boolean lasts(@Nullable Rest rest, long untilNanos, long nowNanos) {
        return rest != null && isResting(rest, nowNanos) && untilNanos - rest.untilNanos <= 0;
    }

    /// A key was accepted in an attempt that began at `begunNanos`.
    void accepted(int key, long begunNanos) {
        while (true) {
            Map<Integer, Rest> before = rests.get();
            Rest old = before.get(key);
            if (old == null || begunNanos - old.sinceNanos < 0) {
                return;
            }
            Map<Integer, Rest> after = new HashMap<>(before);
            after.remove(key);
            if (rests.compareAndSet(before, Map.copyOf(after))) {
                return;
            }
        }
    }

    private static Map<Integer, Rest> with(
            Map<Integer, Rest> before, int key, int refusals, long nowNanos, long untilNanos) {
        Map<Integer, Rest> after = new HashMap<>(before);
        after.put(key, new Rest(refusals, nowNanos, untilNanos));
        return Map.copyOf(after);
    }
}
