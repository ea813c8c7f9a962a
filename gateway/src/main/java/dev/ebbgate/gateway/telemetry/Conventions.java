package dev.ebbgate.gateway.telemetry;

import com.google.protobuf.InvalidProtocolBufferException;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;

import java.util.Map;
import java.util.stream.StreamSupport;

/// Numbers as OpenTelemetry's conventions have them, where those differ from Prometheus's: what is
/// not the case is absent and not empty, and units are spelt after UCUM. The library that sends the
/// numbers names the units of times itself, so they are respelt in what it has written.
final class Conventions {

    private static final Map<String, String> UNITS = Map.of("seconds", "s", "tokens", "{token}");

    /// Leaves out empty attributes.
    static final MeterFilter NOTHING_EMPTY =
            new MeterFilter() {
                @Override
                public Meter.Id map(Meter.Id id) {
                    return id.replaceTags(
                            StreamSupport.stream(id.getTagsAsIterable().spliterator(), false)
                                    .filter(tag -> !tag.getValue().isEmpty())
                                    .toList());
                }
            };

    private Conventions() {}

    /// The same numbers with their units respelt.
    static byte[] respelt(byte[] written) throws InvalidProtocolBufferException {
        ExportMetricsServiceRequest.Builder request =
                ExportMetricsServiceRequest.parseFrom(written).toBuilder();
        for (ResourceMetrics.Builder resource : request.getResourceMetricsBuilderList()) {
            for (ScopeMetrics.Builder scope : resource.getScopeMetricsBuilderList()) {
                for (Metric.Builder metric : scope.getMetricsBuilderList()) {
                    metric.setUnit(UNITS.getOrDefault(metric.getUnit(), metric.getUnit()));
                }
            }
        }
        return request.build().toByteArray();
    }
}
