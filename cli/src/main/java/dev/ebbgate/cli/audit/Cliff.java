package dev.ebbgate.cli.audit;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.config.Route;
import dev.ebbgate.core.limit.Span;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.stream.Stream;

/// When consumers give up, and who said so: whoever asks, else the routes of the configuration, of
/// several the soonest, else the consumer of the report that asked for this.
///
/// @param text as it is written
/// @param source `--cliff`, a key of the configuration, or `default`
public record Cliff(String text, String source) {

    private static final Cliff DEFAULT = new Cliff("660s", "default");

    /// The cliff that is meant.
    ///
    /// @param written by whoever asks, or null
    /// @param config or null where there is none
    /// @param route the only one that is asked for, or null
    public static Cliff of(
            @Nullable String written, @Nullable Config config, @Nullable String route) {
        if (written != null) {
            return new Cliff(written, "--cliff");
        }
        Stream<Route> routes = config == null ? Stream.of() : config.routes().values().stream();
        return routes.filter(known -> route == null || known.name().equals(route))
                .filter(known -> !known.consumerCancelsAfter().isOff())
                .min(Comparator.comparingLong(known -> known.consumerCancelsAfter().nanos()))
                .map(Cliff::of)
                .orElse(DEFAULT);
    }

    private static Cliff of(Route route) {
        Span leaves = route.consumerCancelsAfter();
        return new Cliff(leaves.toString(), "routes." + route.name() + ".consumer-cancels-after");
    }
}
