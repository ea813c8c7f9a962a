package dev.ebbgate.core.health;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.config.Provider;
import dev.ebbgate.core.config.Route;
import dev.ebbgate.core.config.TargetRef;
import dev.ebbgate.core.event.Events;
import dev.ebbgate.core.resolve.Target;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// The health of all providers and targets of the gateway: one object for the whole process, shared
/// by all event loops. A new configuration starts with a new one, which takes over what the old one
/// knew of all that has stayed as it was; a provider whose keys have changed begins with keys that
/// are taken to be well.
///
/// Thread-safe. Where a target is well and its provider has no `max-in-flight`, an attempt costs a
/// few volatile reads and two counters; nothing happens per chunk.
public final class Roster {

    private final Events events;
    private final Map<String, ProviderHealth> providers = new LinkedHashMap<>();

    /// Everybody is taken to be well.
    ///
    /// @param events is told of breakers that move and keys that rest
    public Roster(Config config, Events events) {
        this(config, events, Map.of());
    }

    private Roster(Config config, Events events, Map<String, ProviderHealth> before) {
        this.events = events;
        Map<String, Set<String>> models = new HashMap<>();
        for (Route route : config.routes().values()) {
            for (TargetRef target : route.targets()) {
                if (!target.model().equals(TargetRef.ASKED)) {
                    models.computeIfAbsent(target.provider(), _ -> new LinkedHashSet<>())
                            .add(target.model());
                }
            }
        }
        for (Provider provider : config.providers().values()) {
            Set<String> named = models.getOrDefault(provider.name(), Set.of());
            providers.put(
                    provider.name(),
                    new ProviderHealth(provider, named, before.get(provider.name()), events));
        }
    }

    /// The roster of the configuration that follows. Attempts under way go on counting in this one,
    /// and what both know of is shared.
    public Roster succeededBy(Config config) {
        return new Roster(config, events, providers);
    }

    /// How the targets of one exchange stand, by their index in this list.
    public Standing standing(List<Target> targets) {
        return new SharedStanding(targets.size(), index -> find(targets.get(index)));
    }

    private TargetHealth find(Target target) {
        ProviderHealth provider = providers.get(target.provider().name());
        if (provider == null) {
            throw new IllegalArgumentException("no such provider: " + target.provider().name());
        }
        return provider.target(target.model());
    }

    /// How each target stands now: all that the configuration names, and those that clients named
    /// recently.
    public Stream<Bulletin> bulletins(long nowNanos) {
        return providers.values().stream()
                .flatMap(ProviderHealth::targets)
                .map(target -> bulletin(target, nowNanos));
    }

    private static Bulletin bulletin(TargetHealth target, long nowNanos) {
        Places places = target.provider.places();
        return new Bulletin(
                target.name(),
                target.breaker.condition(nowNanos),
                target.breaker.coolsUntil(nowNanos),
                target.inFlight(),
                places == null ? 0 : places.waiting(),
                target.budget.left(nowNanos));
    }
}
