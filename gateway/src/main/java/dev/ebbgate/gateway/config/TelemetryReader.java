package dev.ebbgate.gateway.config;

import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.setting.BaseUrl;
import dev.ebbgate.core.setting.Secret;
import dev.ebbgate.core.setting.Sourced;
import dev.ebbgate.core.upkeep.Telemetry;
import dev.ebbgate.core.upkeep.Telemetry.Otlp;
import dev.ebbgate.core.upkeep.Telemetry.Sent;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads what is sent to a collector: `telemetry: {otlp: {…}}`, or `off`. What is not written is
/// taken from OpenTelemetry's variables, by which those who run a collector expect to set it.
final class TelemetryReader {

    private static final Set<String> KEYS = Set.of("otlp");
    private static final Set<String> OTLP =
            Set.of("endpoint", "headers", "traces", "metrics", "sample", "every", "timeout");
    private static final String EXAMPLE = "off, or {otlp: {endpoint: \"http://127.0.0.1:4318\"}}";
    private static final Span SHORTEST = Span.ofSeconds(1);

    private final TelemetryVariables variables;
    private final Reading reading;

    TelemetryReader(Reading reading, Map<String, String> environment) {
        this.reading = reading;
        this.variables = new TelemetryVariables(environment);
    }

    Telemetry read(Section top) {
        Field field = top.get("telemetry");
        if (field == null || field.isNothing()) {
            return unwritten();
        }
        if (field.isScalar()) {
            String text = field.text();
            if (text != null && !text.equals("off")) {
                field.refuse("telemetry is off or has a collector; write " + EXAMPLE);
            }
            return Telemetry.OFF;
        }
        Field otlp = field.section(KEYS, EXAMPLE).get("otlp");
        return otlp == null ? unwritten() : written(otlp);
    }

    /// A variable that is of no use keeps no gateway from starting.
    private Telemetry unwritten() {
        try {
            Sourced<BaseUrl> endpoint = variables.endpoint();
            return endpoint == null
                    ? Telemetry.OFF
                    : new Telemetry(
                            new Otlp(
                                    endpoint,
                                    variables.headers(),
                                    sent(variables.isSent("TRACES"), variables.isSent("METRICS")),
                                    variables.resource()));
        } catch (IllegalArgumentException e) {
            reading.warn("telemetry", e.getMessage() + "; nothing is sent to a collector");
            return Telemetry.OFF;
        }
    }

    private static Sent sent(boolean traces, boolean metrics) {
        Sent byDefault = Sent.DEFAULT;
        return new Sent(
                traces, metrics, byDefault.sample(), byDefault.every(), byDefault.timeout());
    }

    private Telemetry written(Field field) {
        Section section = field.section(OTLP, "for example {endpoint: \"http://127.0.0.1:4318\"}");
        Sourced<BaseUrl> endpoint = endpoint(section);
        Map<String, Secret> headers = new HashMap<>(variables.headers());
        headers.putAll(SecretReader.headers(section.names("headers")));
        Sent byDefault = Sent.DEFAULT;
        Sent sent =
                new Sent(
                        onOrOff(section.get("traces"), variables.isSent("TRACES")),
                        onOrOff(section.get("metrics"), variables.isSent("METRICS")),
                        Written.value(
                                section.get("sample"),
                                TelemetryReader::share,
                                "a share such as 0.1",
                                byDefault.sample()),
                        Written.value(
                                section.get("every"),
                                TelemetryReader::every,
                                "a duration such as 30s",
                                byDefault.every()),
                        Written.wait(section.get("timeout"), byDefault.timeout()));
        return endpoint == null
                ? Telemetry.OFF
                : new Telemetry(new Otlp(endpoint, headers, sent, variables.resource()));
    }

    private @Nullable Sourced<BaseUrl> endpoint(Section section) {
        Field address = section.get("endpoint");
        if (address != null) {
            BaseUrl url = address.read(BaseUrl::parse, "an http or https address");
            return url == null ? null : new Sourced<>(url, address.source());
        }
        try {
            Sourced<BaseUrl> inherited = variables.endpoint();
            if (inherited == null) {
                section.require("endpoint", "\"http://127.0.0.1:4318\"");
            }
            return inherited;
        } catch (IllegalArgumentException e) {
            reading.refuse("telemetry.otlp", e.getMessage() + "; write endpoint");
            return null;
        }
    }

    private static boolean onOrOff(@Nullable Field field, boolean otherwise) {
        return Written.choice(field, List.of(true, false), on -> on ? "on" : "off", otherwise);
    }

    private static Double share(String text) {
        if (!text.matches("[01]|[01]?\\.\\d{1,9}") || Double.parseDouble(text) > 1) {
            throw new IllegalArgumentException("a share lies in 0..1; write for example 0.1");
        }
        return Double.valueOf(text);
    }

    private static Span every(String text) {
        Span span = Written.wait(text);
        if (SHORTEST.isLongerThan(span)) {
            throw new IllegalArgumentException(
                    "no less than 1s lies between two exports; write 1s");
        }
        return span;
    }
}
