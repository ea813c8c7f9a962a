package dev.ebbgate.core.simulation;

import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.ResolvedLimit;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.limit.Timeouts;
import dev.ebbgate.core.policy.Failover;
import dev.ebbgate.core.setting.Sourced;
import dev.ebbgate.core.simulation.Simulation.Rules;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/// A labelled mix of slow and dead: for every request it is known beforehand whether a good answer
/// was on its way. One and the same traffic under different rules tells how many of the living each
/// kills, and how soon it knows the dead.
///
/// Prompts are spread evenly over the orders of magnitude from one to 600 thousand tokens. Seven of
/// ten requests meet a primary that is healthy and as slow as the measured one; the others a black
/// hole, a stream that falls silent for good, or one that only pauses for 60 to 100 seconds. The
/// second server is healthy and twice as fast. Breakers are left out: this is about limits alone.
final class Mix {

    private static final double MOST_KILO_TOKENS = 600;

    static final String OURS = "Ebbgate, defaults";

    private Mix() {}

    static String oneTimeout(long seconds) {
        return "one timeout of " + Span.ofSeconds(seconds);
    }

    /// The rules that are compared, by name.
    static Map<String, Rules> rules() {
        Map<String, Rules> all = new LinkedHashMap<>();
        all.put(OURS, unwatched(Timeouts.DEFAULTS, Span.ofSeconds(180), true));
        all.put(
                "Ebbgate, `failover.first-token: off`",
                unwatched(Timeouts.DEFAULTS, Span.OFF, false));
        for (long seconds : new long[] {30, 120, 600}) {
            Span span = Span.ofSeconds(seconds);
            all.put(oneTimeout(seconds), unwatched(only(span), Span.OFF, false));
        }
        return all;
    }

    private static Rules unwatched(Timeouts timeouts, Span patience, boolean byDefault) {
        Failover own = Failover.DEFAULT;
        Sourced<Span> firstToken =
                byDefault
                        ? Sourced.byDefault(patience)
                        : new Sourced<>(patience, "failover.first-token");
        Failover failover =
                new Failover(
                        own.when(),
                        firstToken,
                        own.retries(),
                        own.backoff(),
                        own.retryAfterMax(),
                        own.reserve(),
                        own.midStream(),
                        own.hedgeAfter());
        return new Rules(timeouts, failover, false);
    }

    /// A single timeout on each attempt, as most gateways have it.
    private static Timeouts only(Span span) {
        return Timeouts.DEFAULTS.map(limit ->
                new ResolvedLimit(
                        limit.limit(),
                        limit.limit() == Limit.ATTEMPT ? span : Span.OFF,
                        "one timeout"));
    }

    /// Plays it under the rules of that name.
    static Report play(String name, long seed) {
        Rules rules = Objects.requireNonNull(rules().get(name), name);

        Simulation world =
                new Simulation(rules, seed)
                        .prompts(r ->
                                StrictMath.exp(r.nextDouble() * StrictMath.log(MOST_KILO_TOKENS)))
                        .server("primary", (k, _, _, random) -> primary(k, random))
                        .server(
                                "second",
                                (k, _, _, _) -> Reply.good(Stories.prefillSeconds(k) / 2));
        return new Report(world.run(1, 3_000, new Watch()));
    }

    private static Reply primary(double kiloTokens, Random random) {
        double first = Stories.prefillSeconds(kiloTokens);
        double lot = random.nextDouble();
        if (lot < 0.15) {
            return Reply.silent();
        }
        if (lot < 0.22) {
            return Reply.stalls(first);
        }
        return lot < 0.30 ? Reply.paused(first, 60 + 40 * random.nextDouble()) : Reply.good(first);
    }

    static String row(String name, Report report) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %.1f %% | %s | %s | %s | %.1f %% |",
                name,
                report.falseKills(),
                100.0 * report.falseKills() / report.goodAttempts(),
                report.deadUntilKilled().text(),
                report.untilFallback().text(),
                report.firstToken().text(),
                100.0 * report.answered() / report.requests());
    }
}
