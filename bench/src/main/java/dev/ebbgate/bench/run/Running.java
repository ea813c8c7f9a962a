package dev.ebbgate.bench.run;

import dev.ebbgate.bench.load.Crowd;
import dev.ebbgate.bench.load.Shot;
import dev.ebbgate.bench.upstream.Kind;

import java.io.IOException;
import java.util.Optional;

/// A contestant that answers on a loopback port.
///
/// @param limitedPort where the silence limit of [Lateness] holds
/// @param fields header lines that every request to it needs
/// @param child absent where there is no proxy to measure
record Running(String name, int port, int limitedPort, String fields, Optional<Child> child)
        implements AutoCloseable {
    static final String EBBGATE = "ebbgate";

    /// Ebbgate without its ledger.
    static final String UNRECORDED = "unrecorded";

    /// Ebbgate without its admin listener, and so without metrics.
    static final String UNWATCHED = "unwatched";

    /// Ebbgate with neither.
    static final String BARE = "bare";

    /// Ebbgate of another checkout, by that checkout's configuration.
    static final String BEFORE = "before";

    static final String NGINX = "nginx";
    static final String PORTKEY = "portkey";
    static final String DIRECT = "direct";

    /// A request of this kind, as this contestant wants it.
    Shot shot(Kind kind) {
        return Shot.at(kind, fields);
    }

    /// Whether its processor time falls for a while as it runs.
    boolean compilesAsItRuns() {
        return !name.equals(NGINX) && !name.equals(DIRECT);
    }

    /// The same with further header lines.
    Shot shot(Kind kind, String more) {
        return Shot.at(kind, fields + more);
    }

    /// How its streams end when the silence limit fires.
    Crowd.Ending ending() {
        return switch (name) {
            case EBBGATE, UNRECORDED, UNWATCHED, BARE, BEFORE -> Crowd.Ending.FRAME;
            default -> Crowd.Ending.ANY;
        };
    }

    /// CPU time so far in µs; 0 where there is no proxy.
    long cpuMicros() throws IOException {
        return child.isEmpty() ? 0 : child.get().cpuMicros();
    }

    @Override
    public void close() {
        child.ifPresent(Child::close);
    }
}
