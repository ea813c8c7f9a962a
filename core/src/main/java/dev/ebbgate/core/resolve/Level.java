package dev.ebbgate.core.resolve;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.config.KeepAliveSettings;
import dev.ebbgate.core.config.Policies;
import dev.ebbgate.core.config.Provider;
import dev.ebbgate.core.config.Route;
import dev.ebbgate.core.config.TimeoutSettings;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// One place where limits can be written; a later one in a list is nearer to the request and wins.
///
/// @param prefix of its key paths: empty, `providers.vllm.` or `routes.coder.`
public record Level(String prefix, TimeoutSettings timeouts, KeepAliveSettings keepAlive) {

    public static Level of(Policies top) {
        return new Level("", top.timeouts(), top.keepAlive());
    }

    public static Level of(Provider provider) {
        return new Level(
                "providers." + provider.name() + ".", provider.timeouts(), provider.keepAlive());
    }

    public static Level of(Route route) {
        return new Level("routes." + route.name() + ".", route.timeouts(), route.keepAlive());
    }

    /// What bears on an exchange at `provider`, asked through `route` if there is one.
    public static List<Level> all(Config config, Provider provider, @Nullable Route route) {
        Level top = of(config.policies());
        return route == null ? List.of(top, of(provider)) : List.of(top, of(provider), of(route));
    }
}
