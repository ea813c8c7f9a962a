package dev.ebbgate.gateway.metrics;

import dev.ebbgate.core.limit.Expiry;
import dev.ebbgate.core.limit.Phase;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

import java.util.concurrent.TimeUnit;

/// How often one limit has run out, and how late that was noticed.
record LimitMeters(Counter fired, Timer lateness) {

    /// Which limit, of which route, and where it was set.
    record Place(String limit, Phase phase, String source, String route) {}

    LimitMeters(MeterRegistry registry, Place place) {
        this(
                Counter.builder("ebbgate.limits.fired")
                        .description("Limits that have run out")
                        .tags(
                                Tags.of(
                                        "limit", place.limit(),
                                        "phase", place.phase().key(),
                                        "source", place.source(),
                                        "route", place.route()))
                        .register(registry),
                Names.timer(
                                "ebbgate.limit.lateness",
                                Tags.of("limit", place.limit()),
                                Buckets.lateness())
                        .description("How long after its moment a limit ended what it bounds")
                        .register(registry));
    }

    void record(Expiry expiry) {
        fired.increment();
        long late = expiry.elapsedNanos() - expiry.value().nanos();
        lateness.record(Math.max(0, late), TimeUnit.NANOSECONDS);
    }
}
