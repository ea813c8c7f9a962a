package dev.ebbgate.ledger.pack;

import dev.ebbgate.core.exchange.Waits;
import dev.ebbgate.core.ledger.Entry;
import dev.ebbgate.core.limit.Phase;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// An exchange as the ledger tells it. Spans are exact to the microsecond.
///
/// @param arrivedMillis in milliseconds since 1970 UTC
public record Recorded(
        String exchange,
        long arrivedMillis,
        long totalNanos,
        Entry.Asked asked,
        List<Try> attempts,
        Ended ended,
        Entry.Told told,
        Entry.Client client) {

    private static final long NANOS_PER_MILLI = 1_000_000L;

    /// One attempt.
    ///
    /// @param why it was made: `first`, `retry`, `failover` or `hedge`
    /// @param phase the phase in which it ended
    /// @param waits moments count from the request's arrival
    public record Try(
            String target,
            String why,
            Ended ended,
            String phase,
            Waits waits,
            Entry.Answered answered) {

        /// How long it lasted.
        public long totalNanos() {
            return waits.overNanos() - waits.startNanos();
        }

        /// Whether its provider was asked: else it waited in vain for a place there.
        public boolean isAsked() {
            return !phase.equals(Phase.QUEUE.key());
        }

        /// Whether it was made because another target had failed.
        public boolean isFailover() {
            return why.equals(Entry.Cause.FAILOVER.key());
        }

        /// The target without its provider.
        public String model() {
            return target.substring(target.indexOf('/') + 1);
        }
    }

    public static Recorded of(Entry entry) {
        List<Try> attempts = new ArrayList<>(entry.attempts().size());
        for (int i = 0; i < entry.attempts().size(); i++) {
            Entry.Tried tried = entry.attempts().get(i);
            attempts.add(
                    new Try(
                            tried.target(),
                            entry.cause(i).key(),
                            Ended.of(tried.outcome()),
                            tried.phase().key(),
                            tried.waits(),
                            tried.answered()));
        }
        return new Recorded(
                entry.exchange(),
                entry.arrivedMillis(),
                entry.totalNanos(),
                entry.asked(),
                attempts,
                Ended.of(entry.outcome()),
                entry.told(),
                entry.client());
    }

    /// When it was over, in milliseconds since 1970 UTC.
    public long endedMillis() {
        return arrivedMillis + totalNanos / NANOS_PER_MILLI;
    }

    /// Whether another target was tried because one had failed; a hedge is none.
    public boolean failedOver() {
        return attempts.stream().anyMatch(Try::isFailover);
    }

    /// The attempt whose answer the client got, or the last one; null where none was made.
    public @Nullable Try last() {
        for (int i = attempts.size() - 1; i >= 0; i--) {
            if (attempts.get(i).ended().isCompleted()) {
                return attempts.get(i);
            }
        }
        return attempts.isEmpty() ? null : attempts.getLast();
    }
}
