package dev.ebbgate.core.health;

import dev.ebbgate.core.config.Provider;
import dev.ebbgate.core.event.Event;
import dev.ebbgate.core.event.Events;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.policy.BreakerSettings;
import dev.ebbgate.core.policy.Capacity;
import dev.ebbgate.core.setting.ApiKey;
import dev.ebbgate.core.setting.Secret;
import dev.ebbgate.core.setting.Sourced;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What is known of one provider: its keys, its places, and the health of each of its targets.
/// Thread-safe.
///
/// Targets that the configuration names are kept for ever. Others have names that clients chose, so
/// only the recently used are kept; a name that is too long for any model shares one account.
final class ProviderHealth {

    private static final int MOST_RECENT = 1_000;
    private static final int LONGEST_NAME = 200;
    private static final String LONG_NAMES = "*";

    private final String name;
    private final Events events;
    private final BreakerSettings settings;
    private final Sourced<Span> queue;
    private final KeyRing keys;
    private final @Nullable Places places;
    private final Map<String, TargetHealth> configured = new LinkedHashMap<>();
    private final Recent<TargetHealth> others =
            new Recent<>(MOST_RECENT, model -> new TargetHealth(this, model));

    /// @param models those that the configuration names
    ProviderHealth(Provider provider, Collection<String> models, Events events) {
        Capacity capacity = provider.policy().capacity();
        this.name = provider.name();
        this.events = events;
        this.settings = provider.policy().breaker();
        this.queue = capacity.queue();
        this.keys = new KeyRing(count(provider.apiKey()), this::tell);
        this.places = capacity.isUnlimited() ? null : new Places(capacity.maxInFlight());
        for (String model : models) {
            configured.put(model, new TargetHealth(this, model));
        }
    }

    /// A provider that asks for no key has one that is never refused.
    private static int count(ApiKey key) {
        return switch (key) {
            case ApiKey.None _ -> 1;
            case ApiKey.Fixed(List<Secret> keys) -> keys.size();
            case ApiKey.PassThrough _ -> 0;
        };
    }

    private void tell(int key, boolean refused, Span rest) {
        events.tell(new Event.KeyRests(name, key + 1, refused, rest));
    }

    /// Who is told of breakers that move and keys that rest.
    Events events() {
        return events;
    }

    /// How long the wait for a place may last.
    Sourced<Span> queue() {
        return queue;
    }

    TargetHealth target(String model) {
        TargetHealth known = configured.get(model);
        if (known != null) {
            return known;
        }
        return others.get(model.length() > LONGEST_NAME ? LONG_NAMES : model);
    }

    String name() {
        return name;
    }

    BreakerSettings settings() {
        return settings;
    }

    KeyRing keys() {
        return keys;
    }

    /// Null where any number of attempts may be in flight.
    @Nullable Places places() {
        return places;
    }

    /// All targets that are remembered, the configured first.
    Stream<TargetHealth> targets() {
        return Stream.concat(configured.values().stream(), others.values());
    }
}
