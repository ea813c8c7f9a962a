package dev.ebbgate.core.watch;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.config.Route;
import dev.ebbgate.core.event.Event;
import dev.ebbgate.core.limit.Span;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The watches over the cliffs of all routes. A call is held against the deadline that its client
/// sent, else against the route's `consumer-cancels-after`; a call with neither has no cliff.
/// Confined to one thread.
public final class CliffWatches {

    private static final long MINUTE_MILLIS = 60_000;
    private static final long PERCENT = 100;

    private final Map<String, CliffWatch> watches = new HashMap<>();
    private Map<String, Route> routes = Map.of();
    private long lookedAt = Long.MIN_VALUE;

    /// Watches nothing yet; see [#follow].
    public CliffWatches() {}

    /// Watches the routes of this configuration from now on; what was seen of a route stays.
    public void follow(Config config) {
        routes = config.routes();
        watches.keySet().retainAll(routes.keySet());
        watches.forEach((name, watch) -> watch.move(cliff(name)));
    }

    /// Adds a call that ended now, complete or not: it took at least so long.
    ///
    /// @param deadline what the client itself said it would wait, or null
    public void add(
            @Nullable String route, long totalNanos, @Nullable Span deadline, long nowMillis) {
        Span cliff = deadline != null || route == null ? deadline : cliff(route);
        if (route == null || cliff == null || !routes.containsKey(route)) {
            return;
        }
        long percent = totalNanos / Math.max(1, cliff.nanos() / PERCENT);
        watches.computeIfAbsent(route, name -> new CliffWatch(name, cliff(name)))
                .add(minute(nowMillis), (int) Math.min(percent, Integer.MAX_VALUE));
    }

    /// Looks at all routes, once per minute however often it is called.
    public List<Event> look(long nowMillis) {
        long minute = minute(nowMillis);
        if (minute <= lookedAt) {
            return List.of();
        }
        lookedAt = minute;
        List<Event> told = new ArrayList<>();
        for (CliffWatch watch : watches.values()) {
            Event event = watch.minute(minute);
            if (event != null) {
                told.add(event);
            }
        }
        return told;
    }

    private @Nullable Span cliff(String route) {
        Route known = routes.get(route);
        return known == null || known.consumerCancelsAfter().isOff()
                ? null
                : known.consumerCancelsAfter();
    }

    private static long minute(long millis) {
        return Math.floorDiv(millis, MINUTE_MILLIS);
    }
}
