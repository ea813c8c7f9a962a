package dev.ebbgate.gateway.telemetry;

import dev.ebbgate.core.upkeep.Telemetry.Otlp;

import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.resources.Resource;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/// What the gateway says of itself to a collector.
final class Own {

    /// Held, as a logger that nobody holds forgets its level.
    private static final Logger LIBRARY = Logger.getLogger("io.opentelemetry");

    private Own() {}

    static Map<String, String> attributes(Otlp otlp, String version) {
        Map<String, String> own = new TreeMap<>();
        own.put("service.name", "ebbgate");
        own.put("service.version", version);
        own.put("host.name", hostName());
        own.putAll(otlp.resource());
        return own;
    }

    static Resource resource(Otlp otlp, String version) {
        AttributesBuilder attributes = io.opentelemetry.api.common.Attributes.builder();
        attributes(otlp, version).forEach(attributes::put);
        return Resource.create(attributes.build());
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException _) {
            return "localhost";
        }
    }

    /// It would repeat itself with each failure, on a log that is not ours, and in a collector's
    /// words.
    static void hushLibrary() {
        LIBRARY.setLevel(Level.OFF);
    }
}
