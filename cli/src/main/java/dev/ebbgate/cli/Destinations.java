package dev.ebbgate.cli;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.upkeep.Telemetry.Otlp;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Says what leaves for a collector, and who wanted that: it may have been a variable.
final class Destinations {

    private Destinations() {}

    static List<String> lines(Config config) {
        Otlp otlp = config.upkeep().telemetry().otlp();
        if (otlp == null) {
            return List.of();
        }
        String sent =
                Stream.of(
                                otlp.sent().traces() ? "traces" : "",
                                otlp.sent().metrics() ? "metrics" : "")
                        .filter(what -> !what.isEmpty())
                        .collect(Collectors.joining(" and "));
        return List.of(
                "telemetry: "
                        + (sent.isEmpty() ? "nothing" : sent)
                        + " to "
                        + otlp.endpoint().value()
                        + " ("
                        + otlp.endpoint().source()
                        + ")");
    }
}
