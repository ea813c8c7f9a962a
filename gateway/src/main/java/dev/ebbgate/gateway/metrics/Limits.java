package dev.ebbgate.gateway.metrics;

import dev.ebbgate.core.exchange.Outcome;
import dev.ebbgate.core.limit.Expiry;

import io.micrometer.core.instrument.MeterRegistry;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Limits that ran out: how often, and how late the machine was told.
final class Limits {

    private static final int MOST_SOURCES = 500;

    private final MeterRegistry registry;
    private final Labels sources = new Labels(MOST_SOURCES, _ -> false);
    private final Map<LimitMeters.Place, LimitMeters> byLimit = new ConcurrentHashMap<>();

    Limits(MeterRegistry registry) {
        this.registry = registry;
    }

    void fired(Outcome outcome, String route) {
        Expiry expiry = outcome.expiry();
        if (expiry != null) {
            LimitMeters.Place place =
                    new LimitMeters.Place(
                            expiry.limit(), expiry.phase(), sources.of(expiry.source()), route);
            byLimit.computeIfAbsent(place, wanted -> new LimitMeters(registry, wanted))
                    .record(expiry);
        }
    }
}
