package dev.ebbgate.gateway.config;

import dev.ebbgate.core.config.Policies;
import dev.ebbgate.core.config.Route;
import dev.ebbgate.core.config.TargetRef;
import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.ResolvedLimit;
import dev.ebbgate.core.limit.Timeouts;
import dev.ebbgate.core.resolve.Level;
import dev.ebbgate.core.resolve.Resolver;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Holds the limits against each other, as they meet at each provider and each route's targets.
final class Consistency {

    private final Reading reading;

    private Consistency(Reading reading) {
        this.reading = reading;
    }

    static void check(
            Reading reading, Policies top, Map<String, Level> providers, RouteReader read) {
        Consistency consistency = new Consistency(reading);
        Level first = Level.of(top);
        if (providers.isEmpty()) {
            consistency.check(List.of(first));
        }
        for (Level lost : read.lost()) {
            consistency.check(List.of(first, lost));
        }
        Map<String, Route> routes = read.routes();
        for (Level provider : providers.values()) {
            consistency.check(List.of(first, provider));
        }
        for (Route route : routes.values()) {
            for (TargetRef target : route.targets()) {
                Level provider = providers.get(target.provider());
                if (provider != null) {
                    consistency.check(List.of(first, provider, Level.of(route)));
                }
            }
        }
        consistency.unreachable(routes);
    }

    private void check(List<Level> levels) {
        Timeouts written = Resolver.asWritten(levels);
        ResolvedLimit request = written.request();
        for (Limit limit : Limit.values()) {
            ResolvedLimit own = written.get(limit);
            if (limit == Limit.FIRST_TOKEN && isWritten(request) && neverFires(own, request)) {
                contradiction(own, request);
            } else if (neverFires(own, request)) {
                warn(own, request);
            } else if (neverFires(own, written.attempt())) {
                warn(own, written.attempt());
            } else if (limit == Limit.STREAM_IDLE
                    && neverFires(own, written.get(Limit.NO_PROGRESS))) {
                warn(own, written.get(Limit.NO_PROGRESS));
            }
        }
    }

    /// The nearer of the two is the one that contradicts the other.
    private void contradiction(ResolvedLimit firstToken, ResolvedLimit request) {
        if (nearness(request) > nearness(firstToken)) {
            reading.refuse(
                    request.source(),
                    "request "
                            + request.value()
                            + " is shorter than first-token "
                            + named(firstToken)
                            + "; write at least "
                            + firstToken.value()
                            + ", or a shorter first-token beside it");
        } else {
            reading.refuse(
                    firstToken.source(),
                    "first-token "
                            + firstToken.value()
                            + " is longer than request "
                            + named(request)
                            + "; write at most "
                            + request.value()
                            + ", or a longer request");
        }
    }

    private void warn(ResolvedLimit own, ResolvedLimit shorter) {
        reading.warn(
                own.source(),
                own.limit().key()
                        + " "
                        + own.value()
                        + " can never fire, as "
                        + shorter.limit().key()
                        + " is "
                        + named(shorter)
                        + "; write at most "
                        + shorter.value()
                        + ", or a longer "
                        + shorter.limit().key());
    }

    private void unreachable(Map<String, Route> routes) {
        Map<String, String> seen = new LinkedHashMap<>();
        for (Route route : routes.values()) {
            String other = seen.putIfAbsent(route.name().replaceAll("\\*+", "*"), route.name());
            if (route.isPattern() && other != null) {
                reading.warn(
                        "routes." + route.name(),
                        "no name ever reaches this route, as "
                                + other
                                + " takes the same ones; write another pattern, or remove it");
            }
        }
    }

    private static boolean neverFires(ResolvedLimit own, ResolvedLimit shorter) {
        return own.limit() != shorter.limit()
                && isWritten(own)
                && !own.value().isOff()
                && own.value().isLongerThan(shorter.value());
    }

    private static boolean isWritten(ResolvedLimit limit) {
        return !limit.source().equals(ResolvedLimit.DEFAULT);
    }

    private static int nearness(ResolvedLimit limit) {
        String path = limit.source().replaceFirst("^" + ResolvedLimit.ADMIN, "");
        if (path.startsWith("routes.")) {
            return 2;
        }
        return path.startsWith("providers.") ? 1 : 0;
    }

    private static String named(ResolvedLimit limit) {
        return limit.value() + " (" + limit.source() + ")";
    }
}
