package dev.ebbgate.bench.run;

import java.time.Duration;

/// How long a run measures what.
///
/// @param warmUp saturating load before anything is measured, shared among the scenarios, for a
///   contestant that compiles as it runs
/// @param greeting the same for one that does not
/// @param crowd streams held open for memory and for limits; 0 leaves both out, and latencies with
///   them
record Plan(Duration warmUp, Duration greeting, int rounds, Duration round, int crowd) {
    /// What a JVM takes to compile what each of the scenarios runs, on two cores that it shares
    /// with the client and the provider.
    private static final Duration COMPILED = Duration.ofSeconds(90);

    private static final Duration GREETED = Duration.ofSeconds(6);

    /// Ratios only, in less than four minutes.
    static final Plan QUICK = new Plan(COMPILED, GREETED, 5, Duration.ofSeconds(3), 0);

    /// The whole table, in about a quarter of an hour.
    static final Plan FULL = new Plan(COMPILED, GREETED, 7, Duration.ofSeconds(5), 5_000);

    /// The same with this many rounds.
    Plan withRounds(int other) {
        return new Plan(warmUp, greeting, other, round, crowd);
    }
}
