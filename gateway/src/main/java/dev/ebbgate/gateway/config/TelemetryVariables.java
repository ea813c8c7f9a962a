package dev.ebbgate.gateway.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ebbgate.core.setting.BaseUrl;
import dev.ebbgate.core.setting.Secret;
import dev.ebbgate.core.setting.Sourced;

import org.jspecify.annotations.Nullable;

import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// The variables by which OpenTelemetry is usually set up, as far as they mean something here.
record TelemetryVariables(Map<String, String> environment) {

    private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private static final String HEADERS = "OTEL_EXPORTER_OTLP_HEADERS";
    private static final String PROTOCOL = "OTEL_EXPORTER_OTLP_PROTOCOL";

    private String text(String name) {
        return environment.getOrDefault(name, "").strip();
    }

    /// Where the collector is; null where no variable says so, or one says that nothing is wanted.
    ///
    /// @throws IllegalArgumentException with a message that repeats nothing of what it holds
    @Nullable Sourced<BaseUrl> endpoint() {
        String address = text(ENDPOINT);
        if (address.isEmpty() || text("OTEL_SDK_DISABLED").equalsIgnoreCase("true")) {
            return null;
        }
        String protocol = text(PROTOCOL);
        if (!protocol.isEmpty() && !protocol.equals("http/protobuf")) {
            throw new IllegalArgumentException(
                    PROTOCOL + " is not http/protobuf, which alone is spoken");
        }
        try {
            return new Sourced<>(BaseUrl.parse(address), ENDPOINT);
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException(ENDPOINT + " is not an http or https address");
        }
    }

    /// Whether traces or metrics are wanted, where the configuration does not say.
    boolean isSent(String what) {
        return !text("OTEL_" + what + "_EXPORTER").equals("none");
    }

    /// What is sent with every export; what cannot be read is left out.
    Map<String, Secret> headers() {
        Map<String, Secret> headers = new HashMap<>();
        pairs(HEADERS)
                .forEach((name, value) ->
                        headers.put(name.toLowerCase(Locale.ROOT), new Secret(value)));
        return headers;
    }

    /// What the gateway says of itself.
    Map<String, String> resource() {
        Map<String, String> resource = pairs("OTEL_RESOURCE_ATTRIBUTES");
        if (!text("OTEL_SERVICE_NAME").isEmpty()) {
            resource.put("service.name", text("OTEL_SERVICE_NAME"));
        }
        return resource;
    }

    /// `name=value,name=value`, the values percent-encoded.
    private Map<String, String> pairs(String variable) {
        Map<String, String> pairs = new HashMap<>();
        for (String pair : text(variable).split(",", -1)) {
            int equals = pair.indexOf('=');
            String value = equals < 1 ? "" : decoded(pair.substring(equals + 1).strip());
            if (!value.isEmpty()) {
                pairs.put(pair.substring(0, equals).strip(), value);
            }
        }
        return pairs;
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), UTF_8);
        } catch (IllegalArgumentException _) {
            return "";
        }
    }
}
