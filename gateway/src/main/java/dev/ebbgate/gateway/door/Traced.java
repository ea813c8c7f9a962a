package dev.ebbgate.gateway.door;

import dev.ebbgate.core.ledger.Trace;
import dev.ebbgate.core.upkeep.Telemetry;

import io.vertx.core.MultiMap;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// Finds the trace of a request in its headers, or begins one.
final class Traced {

    private Traced() {}

    /// Null where exchanges have no spans; then the client's headers go on as they are.
    static @Nullable Trace of(MultiMap headers, Telemetry telemetry) {
        if (telemetry.otlp() == null || !telemetry.traces()) {
            return null;
        }
        ThreadLocalRandom random = ThreadLocalRandom.current();
        List<String> written = headers.getAll(Trace.PARENT);
        Trace clients =
                written.size() == 1 ? Trace.of(written.getFirst(), random.nextLong()) : null;
        return clients != null
                ? clients
                : Trace.root(
                        random.nextLong(),
                        random.nextLong(),
                        random.nextLong(),
                        telemetry.otlp().sent().sample());
    }
}
