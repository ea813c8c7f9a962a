package dev.ebbgate.bench.run;

import java.time.Duration;

/// How long a run measures what.
///
/// @param warmUp saturating load per contestant before anything is measured, shared among the
///   scenarios
/// @param crowd streams held open for memory and for limits; 0 leaves both out, and latencies with
///   them
record Plan(Duration warmUp, int rounds, Duration round, int crowd) {
    /// Ratios only, in less than four minutes.
    static final Plan QUICK = new Plan(Duration.ofSeconds(24), 5, Duration.ofSeconds(3), 0);

    /// The whole table, in about a quarter of an hour.
    static final Plan FULL = new Plan(Duration.ofSeconds(36), 7, Duration.ofSeconds(5), 5_000);

    /// The same with this many rounds.
    Plan withRounds(int other) {
        return new Plan(warmUp, other, round, crowd);
    }
}
