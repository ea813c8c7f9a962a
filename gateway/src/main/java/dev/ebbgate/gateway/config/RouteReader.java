package dev.ebbgate.gateway.config;

import dev.ebbgate.core.config.Route;
import dev.ebbgate.core.config.TargetRef;
import dev.ebbgate.core.policy.Failover;
import dev.ebbgate.core.policy.UpstreamForm;
import dev.ebbgate.core.resolve.Level;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads `routes: {…}`.
final class RouteReader {

    private static final Set<String> KEYS = keys();
    private static final String EXAMPLE = "[vllm/my-model]";

    private final WaitingReader waiting;
    private final Set<String> providers;
    private final Map<String, Route> routes = new LinkedHashMap<>();

    RouteReader(WaitingReader waiting, Set<String> providers) {
        this.waiting = waiting;
        this.providers = providers;
    }

    private static Set<String> keys() {
        Set<String> keys = new LinkedHashSet<>(WaitingReader.KEYS);
        keys.add("targets");
        return keys;
    }

    void read(Section names) {
        names.fields().forEach(this::read);
    }

    /// Those with at least one target, in the order written.
    Map<String, Route> routes() {
        return routes;
    }

    private void read(String name, Field field) {
        Section section = field.section(KEYS);
        Level level =
                new Level(
                        field.path() + ".",
                        waiting.timeouts(section, field.path() + "."),
                        waiting.keepAlive(section));
        List<TargetRef> targets = targets(section, name.indexOf('*') >= 0);
        if (name.isBlank()) {
            field.refuse("a route needs a name; write the model that clients ask for");
        } else if (!targets.isEmpty()) {
            routes.put(
                    name,
                    new Route(
                            name,
                            targets.stream().map(List::of).toList(),
                            level.timeouts(),
                            level.keepAlive(),
                            Failover.DEFAULT,
                            UpstreamForm.AS_ASKED));
        }
    }

    private List<TargetRef> targets(Section section, boolean pattern) {
        List<TargetRef> targets = new ArrayList<>();
        Field field = section.require("targets", EXAMPLE);
        List<Field> items = field == null ? List.of() : field.items(EXAMPLE);
        if (field != null && items.isEmpty() && !field.isScalar()) {
            field.refuse("a route needs a target; write for example " + EXAMPLE);
        }
        for (Field item : items) {
            TargetRef target = target(item, pattern);
            if (target != null) {
                targets.add(target);
            }
        }
        return targets;
    }

    private @Nullable TargetRef target(Field item, boolean pattern) {
        TargetRef target = item.read(TargetRef::parse, "provider/model");
        if (target == null) {
            return null;
        }
        if (!providers.contains(target.provider())) {
            String near = Section.meant(target.provider(), providers);
            item.refuse("no provider of that name for " + item.shown() + "; write " + near);
            return null;
        }
        if (!pattern && target.model().equals(TargetRef.ASKED)) {
            item.refuse("only a pattern's target has a star; write the model after the slash");
            return null;
        }
        return target;
    }
}
