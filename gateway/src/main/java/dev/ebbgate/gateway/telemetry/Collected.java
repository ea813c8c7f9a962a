package dev.ebbgate.gateway.telemetry;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.event.Events;
import dev.ebbgate.core.ledger.Entry;
import dev.ebbgate.core.ledger.Ledger;
import dev.ebbgate.core.upkeep.Telemetry;
import dev.ebbgate.core.upkeep.Telemetry.Otlp;
import dev.ebbgate.gateway.metrics.Metrics;

import org.jspecify.annotations.Nullable;

import java.util.function.Supplier;

/// What goes to the collector, if the configuration names one. Thread-safe; nothing in it blocks
/// who tells it.
public final class Collected implements Ledger, AutoCloseable {

    private final Metrics metrics;
    private final @Nullable CollectedMetrics sent;
    private final @Nullable Otlp spansTo;
    private final String version;
    private volatile @Nullable Traces traces;

    private Collected(Telemetry telemetry, String version) {
        Otlp otlp = telemetry.otlp();
        this.version = version;
        spansTo = otlp != null && otlp.sent().traces() ? otlp : null;
        if (otlp != null && otlp.sent().metrics()) {
            sent = new CollectedMetrics(otlp, version);
            metrics = new Metrics(sent.registry());
            sent.whenSent(metrics::look);
        } else {
            sent = null;
            metrics = new Metrics();
        }
    }

    /// Sends until [#close]; where nothing is to be sent, there is no thread and no connection.
    ///
    /// @param version this program's
    public static Collected open(Telemetry telemetry, String version) {
        return new Collected(telemetry, version);
    }

    /// The gateway's numbers, wherever they go.
    public Metrics metrics() {
        return metrics;
    }

    /// Where the numbers of exchanges are counted; nowhere, if nobody can read them.
    ///
    /// @param shown whether they can be asked for here
    public Ledger counted(boolean shown) {
        return shown || sent != null ? metrics : _ -> {};
    }

    /// Sends the spans of exchanges from now on.
    ///
    /// @param config in force at each time
    /// @param events is told of what was lost
    public void trace(Supplier<Config> config, Events events) {
        if (spansTo != null) {
            traces = new Traces(spansTo, version, config, events);
        }
    }

    @Override
    public void record(Entry entry) {
        Traces to = traces;
        if (to != null) {
            to.record(entry);
        }
    }

    /// Sends what waits, as far as that can be done in a few seconds, and stops.
    @Override
    public void close() {
        Traces to = traces;
        if (to != null) {
            to.close();
        }
        if (sent != null) {
            sent.close();
        }
    }
}
