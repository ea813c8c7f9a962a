package dev.ebbgate.core.config;

import dev.ebbgate.core.setting.Listen;
import dev.ebbgate.core.upkeep.LedgerSettings;
import dev.ebbgate.core.upkeep.Upkeep;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// All that is configured.
///
/// @param providers by name, in the order written
/// @param routes by name, in the order written
public record Config(
        Listen listen,
        Policies policies,
        Auth auth,
        Limits limits,
        LedgerSettings ledger,
        Upkeep upkeep,
        Map<String, Provider> providers,
        Map<String, Route> routes) {

    /// A configuration that says nothing of a ledger, and nothing of its upkeep.
    public Config(
            Listen listen,
            Policies policies,
            Auth auth,
            Limits limits,
            Map<String, Provider> providers,
            Map<String, Route> routes) {
        this(
                listen,
                policies,
                auth,
                limits,
                LedgerSettings.DEFAULT,
                Upkeep.DEFAULT,
                providers,
                routes);
    }

    public Config {
        providers = Collections.unmodifiableMap(new LinkedHashMap<>(providers));
        routes = Collections.unmodifiableMap(new LinkedHashMap<>(routes));
        if (providers.isEmpty()) {
            throw new IllegalArgumentException("no provider");
        }
        if (!auth.asksKey() && !listen.isLoopback()) {
            throw new IllegalArgumentException("only loopback may be bound without a key");
        }
        for (Route route : routes.values()) {
            for (TargetRef target : route.targets()) {
                if (!providers.containsKey(target.provider())) {
                    throw new IllegalArgumentException("unknown provider in " + target);
                }
            }
        }
    }
}
