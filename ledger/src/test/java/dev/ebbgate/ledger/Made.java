package dev.ebbgate.ledger;

import dev.ebbgate.core.config.Dialect;
import dev.ebbgate.core.exchange.CancelReason;
import dev.ebbgate.core.exchange.Outcome;
import dev.ebbgate.core.exchange.Waits;
import dev.ebbgate.core.failure.Failure;
import dev.ebbgate.core.ledger.Entry;
import dev.ebbgate.core.ledger.ExchangeId;
import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.limit.Fired;
import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.Phase;
import dev.ebbgate.core.limit.ResolvedLimit;
import dev.ebbgate.core.limit.Span;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Entries as a gateway makes them.
public final class Made {

    /// A moment at the start of an hour.
    public static final long NOON = 1_795_003_200_000L;

    public static final Outcome GOOD = new Outcome.Completed(false);
    public static final Outcome BROKEN = new Outcome.Failed(new Failure.Reset());
    public static final Outcome LEFT = new Outcome.Cancelled(CancelReason.CLIENT_GONE);

    private static final long MILLI = 1_000_000L;

    private Made() {}

    /// An outcome of a limit.
    public static Outcome timedOut(Limit limit, long millis) {
        ResolvedLimit resolved =
                new ResolvedLimit(
                        limit, Span.ofMillis(millis), "routes.coder.timeouts." + limit.key());
        return new Outcome.TimedOut(new Fired(resolved, Phase.FIRST_TOKEN, millis * MILLI));
    }

    /// An attempt.
    public static Entry.Tried tried(
            String target, Outcome outcome, long startMillis, long overMillis) {
        boolean good = outcome instanceof Outcome.Completed;
        long start = startMillis * MILLI;
        long token = start + (overMillis - startMillis) * MILLI / 2;
        Waits waits =
                new Waits(
                        0,
                        start,
                        start + MILLI,
                        good ? start + 2 * MILLI : Deadline.NEVER,
                        good ? token : Deadline.NEVER,
                        good ? 3 * MILLI : 0,
                        overMillis * MILLI);
        return new Entry.Tried(
                target,
                outcome,
                good ? Phase.FINISH : Phase.FIRST_TOKEN,
                waits,
                good
                        ? new Entry.Answered(200, "model-of-it", 1_000, 64, 12_000)
                        : Entry.Answered.NOTHING);
    }

    /// An exchange with its attempts; it ends when the last one does.
    public static Entry exchange(
            long endedMillis,
            @Nullable String route,
            @Nullable String tag,
            Outcome outcome,
            Entry.Tried... attempts) {
        long totalNanos =
                attempts.length == 0 ? 0 : attempts[attempts.length - 1].waits().overNanos();
        long arrived = endedMillis - totalNanos / MILLI;
        return new Entry(
                ExchangeId.of(arrived, endedMillis * 31 + attempts.length),
                arrived,
                new Entry.Asked(
                        "/v1/chat/completions", Dialect.OPENAI, route, "coder", true, false, 4_000),
                List.of(attempts),
                outcome,
                new Entry.Told(200, false, false, 12_000, 64, 0),
                new Entry.Client("agents", "OpenAI/Python 3.3.1", tag),
                totalNanos);
    }

    /// An exchange with one attempt that ended well.
    public static Entry good(long endedMillis, String target, long millis) {
        return exchange(endedMillis, "coder", null, GOOD, tried(target, GOOD, 0, millis));
    }
}
