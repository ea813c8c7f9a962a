package dev.ebbgate.core.watch;

import dev.ebbgate.core.config.Dialect;
import dev.ebbgate.core.exchange.CancelReason;
import dev.ebbgate.core.exchange.Outcome;
import dev.ebbgate.core.exchange.Waits;
import dev.ebbgate.core.failure.Failure;
import dev.ebbgate.core.ledger.Entry;
import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.limit.Expiry;
import dev.ebbgate.core.limit.Fired;
import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.Phase;
import dev.ebbgate.core.limit.ResolvedLimit;
import dev.ebbgate.core.limit.Span;

import java.util.Arrays;

/// Entries for tests.
final class Entries {

    static final Outcome COMPLETED = new Outcome.Completed(false);
    static final Outcome RESET = new Outcome.Failed(new Failure.Reset());
    static final Outcome SUPERSEDED = new Outcome.Cancelled(CancelReason.SUPERSEDED);

    static final Outcome STALLED =
            cancelled(CancelReason.CLIENT_STALLED, "client-stall", Phase.STREAM);
    static final Outcome DRAINED = cancelled(CancelReason.SHUTDOWN, "drain", Phase.BACKOFF);
    static final Outcome CROWDED =
            new Outcome.Failed(new Failure.Crowded(own("queue", Phase.QUEUE)));

    private Entries() {}

    private static Outcome cancelled(CancelReason reason, String limit, Phase phase) {
        return new Outcome.Cancelled(reason, own(limit, phase));
    }

    private static Expiry own(String limit, Phase phase) {
        return new Expiry(limit, Span.ofSeconds(10), "default", phase, Span.ofSeconds(10).nanos());
    }

    static Outcome timedOut(Limit limit, Phase phase, long seconds) {
        ResolvedLimit resolved =
                new ResolvedLimit(
                        limit, Span.ofSeconds(seconds), "routes.coder.timeouts." + limit.key());
        return new Outcome.TimedOut(new Fired(resolved, phase, Span.ofSeconds(seconds).nanos()));
    }

    /// An attempt that lasted from second to second.
    static Entry.Tried tried(String target, Outcome outcome, long from, long to) {
        Waits waits =
                new Waits(
                        0,
                        Span.ofSeconds(from + 1).nanos(),
                        Deadline.NEVER,
                        Deadline.NEVER,
                        Deadline.NEVER,
                        0,
                        Span.ofSeconds(to + 1).nanos());
        return new Entry.Tried(target, outcome, Phase.FIRST_TOKEN, waits, Entry.Answered.NOTHING);
    }

    /// The outcome is the last attempt's.
    static Entry entry(long chunks, Entry.Tried... attempts) {
        return entry(chunks, attempts[attempts.length - 1].outcome(), attempts);
    }

    static Entry entry(long chunks, Outcome outcome, Entry.Tried... attempts) {
        boolean inside = chunks > 0 && !(outcome instanceof Outcome.Completed);
        return new Entry(
                "x1",
                0,
                new Entry.Asked(
                        "/v1/chat/completions", Dialect.OPENAI, "coder", "coder", true, false, 1),
                Arrays.asList(attempts),
                outcome,
                new Entry.Told(200, false, inside, 0, chunks, 0),
                new Entry.Client(null, null, "nightly"),
                Span.ofSeconds(30).nanos());
    }
}
