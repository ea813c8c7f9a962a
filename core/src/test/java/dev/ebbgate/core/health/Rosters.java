package dev.ebbgate.core.health;

import dev.ebbgate.core.config.Auth;
import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.config.Dialect;
import dev.ebbgate.core.config.KeepAliveSettings;
import dev.ebbgate.core.config.Limits;
import dev.ebbgate.core.config.Policies;
import dev.ebbgate.core.config.Provider;
import dev.ebbgate.core.config.TimeoutSettings;
import dev.ebbgate.core.event.Events;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.limit.Timeouts;
import dev.ebbgate.core.policy.BreakerSettings;
import dev.ebbgate.core.policy.Capacity;
import dev.ebbgate.core.policy.Continuation;
import dev.ebbgate.core.policy.ProviderPolicy;
import dev.ebbgate.core.resolve.Target;
import dev.ebbgate.core.setting.ApiKey;
import dev.ebbgate.core.setting.BaseUrl;
import dev.ebbgate.core.setting.HttpVersionChoice;
import dev.ebbgate.core.setting.KeepAlive;
import dev.ebbgate.core.setting.Listen;
import dev.ebbgate.core.setting.Secret;
import dev.ebbgate.core.setting.Sourced;
import dev.ebbgate.core.setting.Upstream;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Rosters and targets for tests.
public final class Rosters {

    private static final Upstream UPSTREAM =
            new Upstream(
                    BaseUrl.parse("http://127.0.0.1:9/v1"), null, null, HttpVersionChoice.AUTO);

    private Rosters() {}

    public static Roster of(Provider... providers) {
        return telling(Events.NONE, providers);
    }

    /// A roster that tells of what changes.
    public static Roster telling(Events events, Provider... providers) {
        return new Roster(config(providers), events);
    }

    public static Config config(Provider... providers) {
        Map<String, Provider> named = new LinkedHashMap<>();
        Arrays.stream(providers).forEach(provider -> named.put(provider.name(), provider));
        return new Config(
                Listen.DEFAULT, Policies.DEFAULT, Auth.NONE, Limits.DEFAULT, named, Map.of());
    }

    /// A provider with one key and room for all.
    public static Provider provider(String name) {
        return provider(name, keys(1), Capacity.UNLIMITED);
    }

    public static Provider provider(String name, ApiKey key, int maxInFlight) {
        ProviderPolicy policy =
                new ProviderPolicy(
                        new Capacity(maxInFlight, Sourced.byDefault(Span.ofSeconds(30))),
                        BreakerSettings.DEFAULT,
                        Continuation.NONE);
        return new Provider(
                name,
                Dialect.OPENAI,
                UPSTREAM,
                key,
                Map.of(),
                TimeoutSettings.NONE,
                KeepAliveSettings.NONE,
                policy);
    }

    public static ApiKey keys(int count) {
        return new ApiKey.Fixed(List.copyOf(Collections.nCopies(count, new Secret("k"))));
    }

    public static Target target(Provider provider, String model) {
        return new Target(provider, model, Timeouts.DEFAULTS, KeepAlive.DEFAULT);
    }
}
