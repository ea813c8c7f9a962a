package dev.ebbgate.gateway.metrics;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.event.Event;
import dev.ebbgate.core.event.Events;
import dev.ebbgate.core.health.Bulletin;
import dev.ebbgate.core.ledger.Entry;
import dev.ebbgate.core.ledger.Ledger;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The gateway as numbers: told of exchanges that are over and of events, asked by Prometheus.
/// Thread-safe.
public final class Metrics implements Ledger, Events {

    private final PrometheusMeterRegistry scraped =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final MeterRegistry registry;
    private final OwnNames own = new OwnNames();
    private final Exchanges exchanges;
    private final Health health;

    /// Numbers for those who ask.
    public Metrics() {
        this(null);
    }

    /// The same numbers in a second place.
    ///
    /// @param second or null
    public Metrics(@Nullable MeterRegistry second) {
        registry = second == null ? scraped : both(scraped, second);
        // Rules tell by it what a young gateway counted from what an old one had counted before.
        new UptimeMetrics().bindTo(scraped);
        exchanges = new Exchanges(registry, own);
        health = new Health(registry, exchanges.targets());
    }

    private static MeterRegistry both(MeterRegistry first, MeterRegistry second) {
        return new CompositeMeterRegistry(Clock.SYSTEM, List.of(first, second));
    }

    @Override
    public void record(Entry entry) {
        exchanges.record(entry);
    }

    /// Counts what no entry shows.
    @Override
    public void tell(Event event) {
        switch (event) {
            case Event.KeyRests(String provider, int _, boolean refused, var _) ->
                    counter("ebbgate.keys.rested", "Keys that are left alone for a while")
                            .tags("provider", provider, "why", refused ? "refused" : "rate")
                            .register(registry)
                            .increment();
            case Event.BreakerMoved(String target, Event.Breaker to, var _) ->
                    counter("ebbgate.breaker.moves", "Breakers that have opened or closed")
                            .tags("target", exchanges.targets().of(target), "to", key(to.name()))
                            .register(registry)
                            .increment();
            case Event.Lost(String what, long count, String _) ->
                    counter("ebbgate.lost", "What was to be kept or told, and was dropped")
                            .tags("what", what)
                            .register(registry)
                            .increment((double) count);
            case Event.Configured(Event.How how, String _, var _) ->
                    counter("ebbgate.configured", "Configurations put in force, or refused")
                            .tags("how", key(how.name()))
                            .register(registry)
                            .increment();
            case Event.LimitFired _,
                    Event.FailedOver _,
                    Event.Slower _,
                    Event.CliffNear _,
                    Event.CliffQuiet _,
                    Event.Administered _ -> {}
        }
    }

    private static String key(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Counter.Builder counter(String name, String description) {
        return Counter.builder(name).description(description);
    }

    /// Asks for a number whenever somebody wants to see it.
    public void gauge(String name, String description, LongSupplier number) {
        Gauge.builder(name, number::getAsLong).description(description).register(registry);
    }

    /// Asks for a count that only grows whenever somebody wants to see it.
    public void counter(String name, String description, LongSupplier count) {
        FunctionCounter.builder(name, count, LongSupplier::getAsLong)
                .description(description)
                .register(registry);
    }

    /// Keeps the names that this configuration has, whatever else clients name.
    public void follow(Supplier<Config> config) {
        own.follow(config);
    }

    /// Asks how targets stand whenever somebody wants to see it.
    public void targets(Supplier<Stream<Bulletin>> bulletins) {
        health.follow(bulletins);
    }

    /// Has targets that are new, or gone, among what is shown.
    public void look() {
        health.look();
    }

    /// All numbers, in the text format that Prometheus reads.
    public String scrape() {
        look();
        return scraped.scrape();
    }
}
