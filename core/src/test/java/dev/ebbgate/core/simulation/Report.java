package dev.ebbgate.core.simulation;

import dev.ebbgate.core.exchange.Attempt;
import dev.ebbgate.core.exchange.Outcome;
import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.limit.Span;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// What came of a simulation, in figures.
final class Report {

    private final Simulation world;

    Report(Simulation world) {
        this.world = world;
    }

    int requests() {
        return world.clients.size();
    }

    long answered() {
        return world.clients.stream().filter(Client::isAnswered).count();
    }

    /// How long clients waited for their first token; those who got none are not among them.
    Spread firstToken() {
        return new Spread(
                world.clients.stream()
                        .mapToLong(Client::firstTokenAfter)
                        .filter(after -> after != Deadline.NEVER));
    }

    /// How long it took until another server was asked, where one was.
    Spread untilFallback() {
        return new Spread(world.clients.stream().flatMapToLong(Report::fallback));
    }

    private static LongStream fallback(Client client) {
        Server first = client.tries.isEmpty() ? null : client.tries.getFirst().server();
        return client.tries.stream()
                .filter(one -> !one.server().equals(first))
                .limit(1)
                .mapToLong(one -> one.startNanos() - client.startNanos);
    }

    /// Attempts that a limit ended although a good answer was on its way.
    long falseKills() {
        return world.clients.stream().flatMapToLong(client -> killed(client, true)).count();
    }

    /// How long attempts lasted that a limit ended and that nothing good would have come of.
    Spread deadUntilKilled() {
        return new Spread(world.clients.stream().flatMapToLong(client -> killed(client, false)));
    }

    private static LongStream killed(Client client, boolean good) {
        List<Attempt> attempts = client.exchange().attempts();
        return IntStream.range(0, attempts.size())
                .filter(i -> attempts.get(i).outcome() instanceof Outcome.TimedOut)
                .filter(i -> client.tries.get(i).answering().reply.isGood() == good)
                .mapToLong(i ->
                        attempts.get(i).waits().overNanos() - client.tries.get(i).startNanos());
    }

    /// Attempts that a good answer was on its way in.
    long goodAttempts() {
        return world.clients.stream()
                .flatMap(client -> client.tries.stream())
                .filter(one -> one.answering().reply.isGood())
                .count();
    }

    /// Attempts at the server of this name.
    int asked(String server) {
        return world.servers.stream()
                .filter(one -> one.name.equals(server))
                .mapToInt(Server::asked)
                .sum();
    }

    /// As many requests as one server ever had in hand.
    int mostInHand() {
        return world.servers.stream().mapToInt(Server::mostInHand).max().orElse(0);
    }

    /// Lengths, to be read as quantiles.
    static final class Spread {
        private final long[] sorted;

        Spread(LongStream values) {
            sorted = values.sorted().toArray();
        }

        int count() {
            return sorted.length;
        }

        long nanos(double quantile) {
            if (sorted.length == 0) {
                return 0;
            }
            return sorted[(int) Math.min(sorted.length - 1, Math.floor(quantile * sorted.length))];
        }

        /// `p50 / p99 / max`, rounded to a tenth of a second.
        String text() {
            return sorted.length == 0
                    ? "–"
                    : text(nanos(0.5)) + " / " + text(nanos(0.99)) + " / " + text(nanos(1));
        }

        static String text(long nanos) {
            long tenths = (nanos + 50_000_000) / 100_000_000;
            return tenths == 0 ? "0s" : new Span(tenths * 100_000_000).toString();
        }
    }
}
