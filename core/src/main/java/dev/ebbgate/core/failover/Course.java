package dev.ebbgate.core.failover;

import dev.ebbgate.core.limit.ResolvedLimit;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.policy.Backoff;
import dev.ebbgate.core.policy.Failover;
import dev.ebbgate.core.policy.Trigger;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;

/// The course of one exchange through its targets: which one is asked, how often it was, and which
/// come after it. Confined to one thread.
public final class Course {

    /// An attempt with less time left than this is not worth its price.
    public static final long LEAST_NANOS = Span.ofSeconds(1).nanos();

    /// What a share kept for a target gets beyond the least: limits fire a little late, and would
    /// otherwise leave a moment too little.
    private static final long MARGIN_NANOS = LEAST_NANOS / 10;

    /// How often a dead pooled connection is believed to be no fault of the target. More of them in
    /// a row are a target that resets whatever it is asked.
    private static final int MOST_STALE = 1;

    /// What follows a failure.
    public sealed interface Step {}

    /// The same target is asked again after a wait, which may be nothing.
    public record Again(long waitNanos) implements Step {}

    /// What follows without a wait.
    public enum Plain implements Step {
        /// The same target, which is not to blame: by another connection, or with another key.
        AT_ONCE,
        NEXT,
        GIVE_UP
    }

    /// How many keys are tried at one target; the keys that are refused meanwhile by others count.
    private static final int MOST_KEYS = 8;

    private final Failover failover;
    private final DoubleSupplier random;
    private int at;
    private int end;
    private @Nullable List<Integer> order;
    private int keys;
    private int retries;
    private int stale;
    private boolean waited;

    /// A course that begins at the first of so many targets.
    ///
    /// @param random uniform in `[0, 1)`
    public Course(Failover failover, int targets, DoubleSupplier random) {
        this.failover = failover;
        this.end = targets;
        this.random = random;
    }

    /// The order in which the targets are asked, by their indices; else it is the one written.
    public void follow(List<Integer> newOrder) {
        order = newOrder;
        end = newOrder.size();
    }

    /// The target that is asked, by its index.
    public int target() {
        return target(at);
    }

    private int target(int place) {
        return order == null ? place : order.get(place);
    }

    /// How many targets have not been asked yet.
    public int untried() {
        return end - at - 1;
    }

    /// The targets that have not been asked yet.
    public List<Integer> rest() {
        return from(at + 1);
    }

    /// All targets.
    public List<Integer> all() {
        return from(0);
    }

    private List<Integer> from(int first) {
        return IntStream.range(first, end).mapToObj(this::target).toList();
    }

    /// Goes on to the next target.
    public void advance() {
        at++;
        renew();
    }

    private void renew() {
        retries = 0;
        stale = 0;
        keys = 0;
        waited = false;
    }

    /// The target that would be asked next. There must be one.
    public int next() {
        return target(at + 1);
    }

    /// Takes the next target out of the course: it is asked beside the one whose turn it is.
    public void takeNext() {
        List<Integer> without = new ArrayList<>(all());
        without.subList(at + 1, at + 2).clear();
        follow(without);
    }

    /// Goes on with this target in the place of the one whose turn it was; nothing changes where
    /// they are the same.
    public void goOnWith(int taken) {
        if (taken != target()) {
            List<Integer> with = new ArrayList<>(all());
            with.set(at, taken);
            follow(with);
            renew();
        }
    }

    /// Puts a target that has not failed behind those that have not been asked.
    public void askLast(int target) {
        List<Integer> with = new ArrayList<>(all());
        with.add(target);
        follow(with);
    }

    /// Of the targets that have not been asked yet, only these are.
    public void keep(Set<Integer> targets) {
        List<Integer> kept = new ArrayList<>(rest());
        kept.retainAll(targets);
        kept.addFirst(target());
        follow(kept);
        at = 0;
    }

    /// Goes to this target as the last one.
    public void end(int last) {
        follow(List.of(last));
        at = 0;
    }

    /// What follows a failure of the target that is asked.
    ///
    /// @param retryAfter how long the target asks to wait, or null
    /// @param otherKey whether its provider has a usable key that has not just failed
    public Step after(FailureRow row, @Nullable Span retryAfter, boolean otherKey) {
        Trigger trigger = row.trigger();
        if (row.same() == FailureRow.Same.AT_ONCE && ++stale <= MOST_STALE) {
            return Plain.AT_ONCE; // it is no failure of the target, so `when` has no say
        }
        if (trigger == null || !failover.when().contains(trigger)) {
            return Plain.GIVE_UP;
        }
        Step again =
                switch (row.same()) {
                    case NEVER -> null;
                    case OTHER_KEY -> otherKey && ++keys < MOST_KEYS ? Plain.AT_ONCE : null;
                    case AT_ONCE, AFTER_BACKOFF -> afterBackoff(retryAfter);
                    case AFTER_RETRY_AFTER -> afterRetryAfter(retryAfter, otherKey);
                };
        if (again != null) {
            return again;
        }
        return untried() > 0 ? Plain.NEXT : Plain.GIVE_UP;
    }

    /// What follows a failure of a target after its first words: nothing, or the next one.
    public Step afterWords(FailureRow row) {
        Trigger trigger = row.trigger();
        boolean may = trigger != null && failover.when().contains(trigger);
        return may && untried() > 0 ? Plain.NEXT : Plain.GIVE_UP;
    }

    private @Nullable Again afterBackoff(@Nullable Span retryAfter) {
        if (retries >= failover.retries() || isTooLong(retryAfter)) {
            return null;
        }
        long backoff = backoffNanos(retries++);
        return new Again(retryAfter == null ? backoff : Math.max(backoff, retryAfter.nanos()));
    }

    /// A wait that is too long is the key's: where no target is left, another key need not wait.
    private @Nullable Step afterRetryAfter(@Nullable Span retryAfter, boolean otherKey) {
        if (retryAfter == null) {
            return null;
        }
        if (isTooLong(retryAfter)) {
            return untried() == 0 && otherKey && ++keys < MOST_KEYS ? Plain.AT_ONCE : null;
        }
        if (waited || failover.retries() == 0) {
            return null;
        }
        waited = true;
        return new Again(retryAfter.nanos());
    }

    private boolean isTooLong(@Nullable Span retryAfter) {
        return retryAfter != null && retryAfter.isLongerThan(failover.retryAfterMax());
    }

    private long backoffNanos(int earlier) {
        Backoff backoff = failover.backoff();
        long wait = backoff.base().nanos();
        for (int i = 0; i < earlier && wait < backoff.max().nanos(); i++) {
            wait *= 2;
        }
        wait = Math.min(wait, backoff.max().nanos());
        return switch (backoff.jitter()) {
            case NONE -> wait;
            case FULL -> (long) (wait * random.getAsDouble());
        };
    }

    /// Whether another target would be asked if this one stays silent.
    public boolean isPatienceShort() {
        return untried() > 0 && failover.when().contains(Trigger.FIRST_TOKEN);
    }

    /// The patience for the first token while that is so: the limit itself, or a shorter one.
    public ResolvedLimit patience(ResolvedLimit own) {
        return failover.patience(own);
    }

    /// What an attempt that begins with so much left of `request` may take until its first token,
    /// so that something is left for each untried target: `reserve`, or an equal share if that is
    /// less, but where possible no less than an attempt needs.
    public long shareNanos(long leftNanos) {
        return shareNanos(leftNanos, untried(), failover.reserve());
    }

    /// The same for so many untried targets.
    public static long shareNanos(long leftNanos, int untried, Span reserve) {
        long equal = leftNanos / (untried + 1);
        long kept = Math.min(equal, reserve.nanos());
        long worthKeeping = Math.max(kept, LEAST_NANOS + MARGIN_NANOS);
        long share = leftNanos - untried * worthKeeping;
        return share > MARGIN_NANOS ? share : leftNanos - untried * kept;
    }
}
