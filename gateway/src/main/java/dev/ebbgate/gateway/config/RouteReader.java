package dev.ebbgate.gateway.config;

import dev.ebbgate.core.config.Route;
import dev.ebbgate.core.config.TargetRef;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.policy.Failover;
import dev.ebbgate.core.policy.UpstreamForm;
import dev.ebbgate.core.resolve.Level;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads `routes: {…}`.
final class RouteReader {

    private static final Set<String> KEYS = keys();

    /// A shorter time is rather one in another unit.
    private static final Span SHORTEST_CLIFF = Span.ofSeconds(1);

    private final WaitingReader waiting;
    private final Failover inherited;
    private final Set<String> providers;
    private final Map<String, Route> routes = new LinkedHashMap<>();
    private final List<Level> lost = new ArrayList<>();

    /// @param inherited what holds where a route says nothing of failover
    RouteReader(WaitingReader waiting, Failover inherited, Set<String> providers) {
        this.waiting = waiting;
        this.inherited = inherited;
        this.providers = providers;
    }

    private static Set<String> keys() {
        Set<String> keys = new LinkedHashSet<>(WaitingReader.KEYS);
        keys.addAll(Set.of("targets", "failover", "upstream", "consumer-cancels-after"));
        return keys;
    }

    void read(Section names) {
        names.fields().forEach(this::read);
    }

    /// Those with at least one target, in the order written.
    Map<String, Route> routes() {
        return routes;
    }

    /// What the others say of waiting: what is wrong with that is told beside the missing target.
    List<Level> lost() {
        return lost;
    }

    private void read(String name, Field field) {
        if (field.isScalar() && !field.isNothing()) {
            field.refuse(
                    "a route has targets; write for example {targets: "
                            + TargetsReader.EXAMPLE
                            + "}");
            return;
        }
        Section section = field.section(KEYS);
        Level level =
                new Level(
                        field.path() + ".",
                        waiting.timeouts(section, field.path() + "."),
                        waiting.keepAlive(section));
        boolean pattern = name.indexOf('*') >= 0;
        List<List<TargetRef>> places = TargetsReader.read(section, providers, pattern);
        Failover failover = FailoverReader.read(section, inherited);
        UpstreamForm upstream =
                Written.choice(
                        section.get("upstream"),
                        List.of(UpstreamForm.values()),
                        UpstreamForm::key,
                        UpstreamForm.AS_ASKED);
        Span cliff =
                Written.value(
                        section.get("consumer-cancels-after"),
                        RouteReader::cliff,
                        WaitingReader.DURATION,
                        Span.OFF);
        if (name.isBlank()) {
            field.refuse("a route needs a name; write the model that clients ask for");
        } else if (!places.isEmpty()) {
            routes.put(
                    name,
                    new Route(
                            name,
                            places,
                            level.timeouts(),
                            level.keepAlive(),
                            failover,
                            upstream,
                            cliff));
        } else {
            lost.add(level);
        }
    }

    private static Span cliff(String text) {
        Span cliff = Span.parse(text);
        if (SHORTEST_CLIFF.isLongerThan(cliff)) {
            throw new IllegalArgumentException(
                    "no consumer leaves so soon; write at least "
                            + SHORTEST_CLIFF
                            + ", or off where nothing is known");
        }
        return cliff;
    }
}
