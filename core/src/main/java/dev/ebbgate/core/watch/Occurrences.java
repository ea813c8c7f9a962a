package dev.ebbgate.core.watch;

import dev.ebbgate.core.event.Event;
import dev.ebbgate.core.exchange.Outcome;
import dev.ebbgate.core.ledger.Entry;
import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.limit.Expiry;

import java.util.ArrayList;
import java.util.List;

/// What an exchange has shown that operators are told of: limits that ran out, and changes of
/// target.
public final class Occurrences {

    private Occurrences() {}

    /// In the order in which it happened; empty for the many exchanges of which nothing is to be
    /// told.
    public static List<Event> of(Entry entry) {
        if (entry.attempts().size() < 2 && entry.outcome() instanceof Outcome.Completed) {
            return List.of();
        }
        Event.Origin origin = origin(entry);
        List<Event> events = new ArrayList<>();
        Entry.Tried before = null;
        for (Entry.Tried tried : entry.attempts()) {
            if (before != null && isFailover(before, tried)) {
                String cause = String.valueOf(before.outcome().cause());
                events.add(new Event.FailedOver(origin, before.target(), cause, tried.target()));
            }
            Expiry expiry = tried.outcome().expiry();
            if (expiry != null) {
                boolean truncated = tried.outcome().equals(entry.outcome()) && isPartTold(entry);
                events.add(new Event.LimitFired(origin, tried.target(), expiry, truncated));
            }
            before = tried;
        }
        Expiry own = entry.outcome().expiry();
        if (own != null && entry.isOutcomeOwn()) {
            events.add(new Event.LimitFired(origin, null, own, isPartTold(entry)));
        }
        return events;
    }

    /// Whether the client of an exchange without an answer had a part of it.
    private static boolean isPartTold(Entry entry) {
        return entry.told().chunks() > 0;
    }

    /// Where in the traffic the exchange is.
    public static Event.Origin origin(Entry entry) {
        return new Event.Origin(entry.exchange(), entry.asked().route(), entry.client().tag());
    }

    /// Whether the later one began because the earlier one had failed. A hedge began beside it.
    private static boolean isFailover(Entry.Tried earlier, Entry.Tried later) {
        boolean failed =
                switch (earlier.outcome()) {
                    case Outcome.Failed _, Outcome.TimedOut _ -> true;
                    case Outcome.Completed _, Outcome.Cancelled _ -> false;
                };
        long over = earlier.waits().overNanos();
        return failed
                && !earlier.target().equals(later.target())
                && over != Deadline.NEVER
                && over - later.waits().startNanos() <= 0;
    }
}
