package dev.ebbgate.core.health;

import java.util.List;

/// How the targets of one exchange stand, as all exchanges together have found them. Targets are
/// named by their index in the exchange's plan.
///
/// A standing belongs to one exchange and is confined to its thread; what it speaks of is shared.
public interface Standing {

    /// What an attempt is for.
    enum Purpose {
        /// The first attempt of the exchange.
        FIRST,
        /// The same target again; charged to the target's retry budget.
        RETRY,
        /// Another target, or the same with another key; not charged.
        FAILOVER,
        /// A second attempt beside the first; charged to the target's retry budget, never queued.
        HEDGE,
        /// All targets cool down and this one is the [#soonest]: it may be tried all the same, by
        /// `last-resort` attempts at a time.
        LAST_RESORT
    }

    /// What became of a wish to make an attempt.
    sealed interface Admission {}

    /// The attempt may begin now.
    record Granted(Permit permit) implements Admission {}

    /// The target's breaker is open, or half-open with its probe under way.
    ///
    /// @param untilNanos when asking again may help: the end of the cooldown, or, while a probe is
    ///   under way, of the one that would follow if it failed
    record Cooling(long untilNanos) implements Admission {}

    /// The target's retry budget is spent, or there is no place for a hedge.
    record Spent() implements Admission {}

    /// The provider has as many attempts in flight as it may; the ticket stands in the queue. It is
    /// to be claimed or cancelled.
    record Full(Ticket ticket) implements Admission {}

    /// Asks to make an attempt.
    Admission ask(int target, Purpose purpose, long nowNanos);

    /// Whether the target would be refused as [Cooling] now.
    boolean cools(int target, long nowNanos);

    /// Whether a retry that begins at `atNanos` would be refused, as far as is known now: then
    /// there is nothing to wait for.
    boolean refusesRetry(int target, long nowNanos, long atNanos);

    /// The targets of all places in a row; within a place the one with the fewest attempts in
    /// flight comes first, and of equals the one written first.
    List<Integer> order(List<List<Integer>> places);

    /// The one of these targets whose cooldown ends first; of equals, and of those that do not cool
    /// down, the first.
    ///
    /// @param targets not empty
    int soonest(List<Integer> targets, long nowNanos);

    /// A standing in which every wish is granted, with the first key, and nothing is remembered.
    static Standing unwatched() {
        return Unwatched.INSTANCE;
    }
}
