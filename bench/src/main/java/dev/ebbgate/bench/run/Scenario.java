package dev.ebbgate.bench.run;

import dev.ebbgate.bench.load.Tally;
import dev.ebbgate.bench.upstream.Kind;

/// A load whose price for the proxy is measured as CPU time per unit.
enum Scenario {
    /// JSON requests as fast as they are answered.
    JSON(Kind.JSON, 32),
    /// Streams of 64 chunks sent at once, as fast as they are answered.
    BURST(Kind.BURST, 32),
    /// Many streams at once, each with a chunk every 20 ms; the unit is the chunk.
    PACED(Kind.PACED, 300);

    final Kind kind;
    final int connections;

    Scenario(Kind kind, int connections) {
        this.kind = kind;
        this.connections = connections;
    }

    /// The name in rows and on the ratio line.
    String key() {
        return kind.model();
    }

    /// Units of work between two counts.
    long units(Tally.Count from, Tally.Count to) {
        return this == PACED ? to.events() - from.events() : to.answers() - from.answers();
    }
}
