package dev.ebbgate.core.watch;

import dev.ebbgate.core.config.Auth;
import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.config.Dialect;
import dev.ebbgate.core.config.KeepAliveSettings;
import dev.ebbgate.core.config.Limits;
import dev.ebbgate.core.config.Policies;
import dev.ebbgate.core.config.Provider;
import dev.ebbgate.core.config.Route;
import dev.ebbgate.core.config.TargetRef;
import dev.ebbgate.core.config.TimeoutSettings;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.policy.Failover;
import dev.ebbgate.core.policy.ProviderPolicy;
import dev.ebbgate.core.policy.UpstreamForm;
import dev.ebbgate.core.setting.ApiKey;
import dev.ebbgate.core.setting.BaseUrl;
import dev.ebbgate.core.setting.HttpVersionChoice;
import dev.ebbgate.core.setting.Listen;
import dev.ebbgate.core.setting.Upstream;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Configurations for tests.
final class Configs {

    private Configs() {}

    /// Routes that all have this cliff.
    static Config routes(Span cliff, String... names) {
        Map<String, Route> routes = new LinkedHashMap<>();
        for (String name : names) {
            routes.put(name, route(name, cliff));
        }
        return new Config(
                Listen.DEFAULT,
                Policies.DEFAULT,
                Auth.NONE,
                Limits.DEFAULT,
                Map.of("p", provider()),
                routes);
    }

    private static Route route(String name, Span cliff) {
        return new Route(
                name,
                List.of(List.of(TargetRef.parse("p/m"))),
                TimeoutSettings.NONE,
                KeepAliveSettings.NONE,
                Failover.DEFAULT,
                UpstreamForm.AS_ASKED,
                cliff);
    }

    private static Provider provider() {
        return new Provider(
                "p",
                Dialect.OPENAI,
                new Upstream(
                        BaseUrl.parse("http://127.0.0.1:9/v1"), null, null, HttpVersionChoice.AUTO),
                new ApiKey.None(),
                Map.of(),
                TimeoutSettings.NONE,
                KeepAliveSettings.NONE,
                ProviderPolicy.DEFAULT);
    }
}
