package dev.ebbgate.gateway.telemetry;

import dev.ebbgate.core.event.Events;
import dev.ebbgate.core.setting.Secret;
import dev.ebbgate.core.upkeep.Telemetry.Otlp;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.registry.otlp.OtlpConfig;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import io.micrometer.registry.otlp.OtlpMetricsSender;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Sends the gateway's numbers to a collector, every so often and once more at the end.
final class CollectedMetrics implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final HttpClient client;
    private final URI address;
    private final Map<String, Secret> headers;
    private final Duration timeout;
    private final Complaint complaint;
    private final OtlpMeterRegistry registry;
    private volatile Runnable whenSent = () -> {};

    CollectedMetrics(Otlp otlp, String version) {
        timeout = Duration.ofNanos(otlp.sent().timeout().nanos());
        client = HttpClient.newBuilder().connectTimeout(timeout).build();
        address = URI.create(otlp.endpoint().value() + "/v1/metrics");
        headers = otlp.headers();
        // What was not taken goes with the next export: counts only grow, and nothing is lost.
        complaint = new Complaint("metrics", otlp.endpoint().value().toString(), Events.NONE);
        registry =
                OtlpMeterRegistry.builder(new Configured(otlp, Own.attributes(otlp, version)))
                        .metricsSender(this::send)
                        .threadFactory(
                                Thread.ofPlatform().daemon().name("ebbgate-metrics").factory())
                        .build();
        registry.config().meterFilter(Conventions.NOTHING_EMPTY);
    }

    MeterRegistry registry() {
        return registry;
    }

    /// Has something done after each export.
    void whenSent(Runnable task) {
        whenSent = task;
    }

    /// Never throws: the library would repeat itself on the log.
    private void send(OtlpMetricsSender.Request request) throws InterruptedException {
        HttpRequest.Builder post =
                HttpRequest.newBuilder(address)
                        .timeout(timeout)
                        .header("content-type", "application/x-protobuf");
        headers.forEach((name, value) -> post.header(name, value.reveal()));
        try {
            byte[] told = Conventions.respelt(request.getMetricsData());
            post.POST(HttpRequest.BodyPublishers.ofByteArray(told));
            int status =
                    client.send(post.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status / 100 == 2) {
                complaint.taken();
            } else {
                complaint.refused(0, "it answered " + status);
            }
        } catch (IOException | RuntimeException e) {
            complaint.refused(0, Complaint.words(e));
        }
        whenSent.run();
    }

    @Override
    public void close() {
        Thread last =
                Thread.ofPlatform().daemon().name("ebbgate-metrics-end").start(registry::close);
        try {
            last.join(PATIENCE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// What the library asks for. It would read the environment for what is not answered here.
    private record Configured(Otlp otlp, Map<String, String> resourceAttributes)
            implements OtlpConfig {

        @Override
        public @Nullable String get(String key) {
            return null;
        }

        @Override
        public String url() {
            return otlp.endpoint().value() + "/v1/metrics";
        }

        @Override
        public Duration step() {
            return Duration.ofNanos(otlp.sent().every().nanos());
        }

        @Override
        public Map<String, String> headers() {
            return Map.of();
        }

        @Override
        public TimeUnit baseTimeUnit() {
            return TimeUnit.SECONDS;
        }
    }
}
