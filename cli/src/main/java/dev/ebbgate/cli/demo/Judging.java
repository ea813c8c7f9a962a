package dev.ebbgate.cli.demo;

import dev.ebbgate.core.limit.ResolvedLimit;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.sim.JournalEntry;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// What the scenes measure alike.
final class Judging {

    /// How late a limit may be: a machine that is busy with other things schedules late.
    static final Span LATE = Span.ofSeconds(1);

    /// How much longer than it should last a scene may take: if all of them hang, the tour is still
    /// over within 45 s.
    static final Duration SLACK = Duration.ofSeconds(3);

    /// How long a scene waits for the provider's journal.
    private static final long JOURNAL_SECONDS = 1;

    private Judging() {}

    /// `first-token 30s from routes.patient.timeouts.first-token`
    static String words(ResolvedLimit limit) {
        return "limit " + limit.limit().key() + " " + limit.value() + " from " + limit.source();
    }

    /// The first attempt after number `last` whose peer closed before the end, if there is one
    /// soon.
    static Optional<JournalEntry> closedByPeer(Theatre theatre, long last) {
        try {
            return Optional.of(
                            theatre.journal()
                                    .awaitEnded(entry -> entry.id() > last)
                                    .get(JOURNAL_SECONDS, TimeUnit.SECONDS))
                    .filter(entry -> entry.peerClosedMs().isPresent());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException | TimeoutException _) {
            return Optional.empty();
        }
    }
}
