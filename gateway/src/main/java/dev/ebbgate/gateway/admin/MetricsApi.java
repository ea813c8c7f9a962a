package dev.ebbgate.gateway.admin;

import dev.ebbgate.gateway.Gateway;
import dev.ebbgate.gateway.metrics.Metrics;

import java.util.List;

/// The gateway as numbers, for Prometheus to collect.
final class MetricsApi {

    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final Metrics metrics;

    MetricsApi(Gateway gateway, Metrics metrics) {
        this.metrics = metrics;
        follow(gateway);
    }

    private void follow(Gateway gateway) {
        metrics.targets(gateway::bulletins);
        metrics.gauge(
                "ebbgate.exchanges.active",
                "Exchanges under way",
                () -> gateway.room().exchanges());
        metrics.gauge(
                "ebbgate.held.bytes",
                "Bytes of bodies that are held",
                () -> gateway.room().bytes());
        metrics.counter(
                "ebbgate.errors.inside_200",
                "Errors that could only be delivered as a frame inside a 200",
                () -> gateway.counters().errorsInside200());
        metrics.counter(
                "ebbgate.events.skipped",
                "Malformed events of otherwise good streams that were left out",
                () -> gateway.counters().skippedEvents());
    }

    List<Endpoint> endpoints() {
        return List.of(Endpoint.get("/metrics", _ -> Reply.text(TEXT, metrics.scrape())));
    }
}
