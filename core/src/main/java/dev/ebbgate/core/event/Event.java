package dev.ebbgate.core.event;

import dev.ebbgate.core.limit.Expiry;
import dev.ebbgate.core.limit.Span;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Something that has happened and that an operator may want to know of at once. Each is a fact of
/// a decision, never of a chunk. No content, no keys, no credentials: texts are names from the
/// configuration, limits and numbers.
public sealed interface Event {

    /// A limit has run out.
    ///
    /// @param target `provider/model`, or null where the exchange ended without one
    /// @param truncated whether the client had part of the answer already
    record LimitFired(Origin origin, @Nullable String target, Expiry expiry, boolean truncated)
            implements Event {}

    /// The next target was tried because the one before it failed.
    ///
    /// @param from `provider/model`
    /// @param cause why, in a few words; for a limit its key
    /// @param to `provider/model`
    record FailedOver(Origin origin, String from, String cause, String to) implements Event {}

    /// A call's first token took much longer than a prompt of that length usually does there.
    ///
    /// @param slowBefore how many calls were as slow since the last time this was told
    record Slower(
            Origin origin,
            String target,
            long promptTokens,
            Span firstToken,
            Span expected,
            long slowBefore)
            implements Event {}

    /// A target's breaker has opened, lets a probe through, or has closed.
    ///
    /// @param target `provider/model`
    /// @param cooldown how long it is left alone, where it has opened
    record BreakerMoved(String target, Breaker to, @Nullable Span cooldown) implements Event {}

    /// A provider's key is left alone for a while.
    ///
    /// @param key counted from 1, in the order written
    /// @param refused whether the provider refused it; else it limits its rate
    record KeyRests(String provider, int key, boolean refused, Span rest) implements Event {}

    /// The slowest calls of a route come near the moment at which their consumer leaves.
    ///
    /// @param why what shows it
    record CliffNear(Tail tail, Sign why) implements Event {}

    /// They no longer do.
    record CliffQuiet(Tail tail) implements Event {}

    /// The configuration in force is another one, or was to become one.
    ///
    /// @param how what became of it
    /// @param by who or what asked for it: `file`, `SIGHUP`, `admin`, `another gateway`
    /// @param details the key paths concerned, or the problems; never a value that may be secret
    record Configured(How how, String by, List<String> details) implements Event {
        public Configured {
            details = List.copyOf(details);
        }
    }

    /// An operator did something by the admin API.
    ///
    /// @param act what was done: it decides the activity
    /// @param what the thing it was done to, by its path: `routes/coder`, `in-flight/ebb-…`
    /// @param from the address it came from
    /// @param refusal why it was refused, or null if it was done
    record Administered(Act act, String what, String from, @Nullable String refusal)
            implements Event {}

    /// Something that was to be kept or told has been dropped.
    ///
    /// @param what entries of the ledger, events for the webhook, …
    record Lost(String what, long count, String why) implements Event {}

    /// Where in the traffic it happened.
    ///
    /// @param exchange its id
    /// @param route the route's name, or null where a provider was named
    /// @param tag what the client calls its work, or null
    record Origin(String exchange, @Nullable String route, @Nullable String tag) {}

    /// The slowest calls of a route in the last hour, each held against its own deadline if the
    /// client sent one, else against the route's `consumer-cancels-after`.
    ///
    /// @param cliff `consumer-cancels-after`, or null where only clients' deadlines are known
    /// @param calls how many there were
    /// @param p99Percent the 99th percentile, in percent of the time to the cliff
    /// @param maxPercent the slowest
    /// @param crossesIn when the tail will be there if it grows as it does, or null
    record Tail(
            String route,
            @Nullable Span cliff,
            long calls,
            int p99Percent,
            int maxPercent,
            @Nullable Span crossesIn) {}

    /// How a breaker stands.
    enum Breaker {
        CLOSED,
        OPEN,
        HALF_OPEN
    }

    /// What shows that a cliff is near; each is graver than the one before.
    enum Sign {
        /// The slowest call.
        MAX,
        /// The tail grows towards it.
        TREND,
        /// One call in a hundred.
        P99
    }

    /// What became of a configuration.
    enum How {
        /// Changed key by key.
        CHANGED,
        /// Read anew as a whole.
        RELOADED,
        /// Not taken; the one before it stays in force.
        REFUSED
    }

    /// What an operator does to a thing.
    enum Act {
        CREATE,
        READ,
        UPDATE,
        DELETE
    }

    /// One line for people, in words that the rest of the program uses.
    default String message() {
        return EventWords.of(this);
    }
}
