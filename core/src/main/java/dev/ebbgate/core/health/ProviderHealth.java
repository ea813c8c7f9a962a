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

    private final Provider provider;
    private final Events events;
    private final KeyRing keys;
    private final @Nullable Places places;
    private final Map<String, TargetHealth> configured = new LinkedHashMap<>();
    private final Recent<TargetHealth> others =
            new Recent<>(MOST_RECENT, model -> new TargetHealth(this, model));

    /// @param models those that the configuration names
    /// @param before what was known of a provider of this name under the configuration before
    ProviderHealth(
            Provider provider,
            Collection<String> models,
            @Nullable ProviderHealth before,
            Events events) {
        this.provider = provider;
        this.events = events;
        ProviderHealth known = before != null && before.isAt(provider) ? before : null;
        boolean sameKeys = known != null && known.hasKeysOf(provider);
        this.keys =
                known != null && sameKeys
                        ? known.keys
                        : new KeyRing(count(provider.apiKey()), this::tell);
        this.places = places(known);
        for (String model : models) {
            configured.put(model, new TargetHealth(this, model));
        }
        if (known != null) {
            boolean same = sameKeys && known.settings().equals(settings());
            known.targets().forEach(target -> takeOver(target, same));
        }
    }

    /// Whether what is known here is true of this provider as well: it is asked at the same place.
    private boolean isAt(Provider other) {
        return provider.dialect() == other.dialect()
                && provider.upstream().equals(other.upstream());
    }

    private boolean hasKeysOf(Provider other) {
        return provider.apiKey().equals(other.apiKey())
                && provider.headers().equals(other.headers());
    }

    /// The same places while the provider has a limit, so that attempts under way are counted.
    private @Nullable Places places(@Nullable ProviderHealth known) {
        Capacity capacity = provider.policy().capacity();
        if (capacity.isUnlimited()) {
            return null;
        }
        if (known == null || known.places == null) {
            return new Places(capacity.maxInFlight());
        }
        known.places.resize(capacity.maxInFlight());
        return known.places;
    }

    /// @param same whether its breaker is true of it still: refused keys open breakers too
    private void takeOver(TargetHealth target, boolean same) {
        TargetHealth own = new TargetHealth(this, target, same);
        if (configured.replace(target.model, own) == null) {
            others.put(target.model, own);
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
        events.tell(new Event.KeyRests(provider.name(), key + 1, refused, rest));
    }

    /// Who is told of breakers that move and keys that rest.
    Events events() {
        return events;
    }

    /// How long the wait for a place may last.
    Sourced<Span> queue() {
        return provider.policy().capacity().queue();
    }

    TargetHealth target(String model) {
        TargetHealth known = configured.get(model);
        if (known != null) {
            return known;
        }
        return others.get(model.length() > LONGEST_NAME ? LONG_NAMES : model);
    }

    String name() {
        return provider.name();
    }

    BreakerSettings settings() {
        return provider.policy().breaker();
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
