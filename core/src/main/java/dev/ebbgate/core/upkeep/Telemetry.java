package dev.ebbgate.core.upkeep;

import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.setting.BaseUrl;
import dev.ebbgate.core.setting.Secret;
import dev.ebbgate.core.setting.Sourced;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/// What is sent to a collector, as opposed to what is there for those who ask.
///
/// @param otlp null where nothing is sent
public record Telemetry(@Nullable Otlp otlp) {

    public static final Telemetry OFF = new Telemetry(null);

    /// Whether exchanges have spans.
    public boolean traces() {
        return otlp != null && otlp.sent().traces();
    }

    /// A collector that speaks the OpenTelemetry protocol, as protobuf over HTTP.
    ///
    /// @param endpoint to which `/v1/traces` and `/v1/metrics` are appended
    /// @param headers sent with every export, by their lower-case names
    /// @param resource what the gateway says of itself beside its version, as OpenTelemetry's
    ///   variables have it
    public record Otlp(
            Sourced<BaseUrl> endpoint,
            Map<String, Secret> headers,
            Sent sent,
            Map<String, String> resource) {

        public Otlp {
            headers = Map.copyOf(headers);
            resource = Map.copyOf(resource);
        }
    }

    /// What is sent, and when.
    ///
    /// @param sample which share of the traces that begin here is kept, 0 to 1; a client's own is
    ///   kept or not as the client says
    /// @param every between two exports of metrics
    /// @param timeout start of an export → its answer
    public record Sent(boolean traces, boolean metrics, double sample, Span every, Span timeout) {

        public static final Sent DEFAULT =
                new Sent(true, true, 1, Span.ofSeconds(60), Span.ofSeconds(10));

        public Sent {
            if (!(sample >= 0 && sample <= 1) || every.isOff() || timeout.isOff()) {
                throw new IllegalArgumentException("a share lies in 0..1, and waits are bounded");
            }
        }
    }
}
