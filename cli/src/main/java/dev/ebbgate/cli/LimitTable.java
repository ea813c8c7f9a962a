package dev.ebbgate.cli;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.config.Provider;
import dev.ebbgate.core.config.Route;
import dev.ebbgate.core.config.TargetRef;
import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.ResolvedLimit;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.limit.Timeouts;
import dev.ebbgate.core.resolve.Level;
import dev.ebbgate.core.resolve.Resolver;
import dev.ebbgate.core.setting.KeepAlive;
import dev.ebbgate.core.setting.Sourced;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// Every limit in force at every target, each with its source.
final class LimitTable {
    private final Config config;
    private final List<String> lines = new ArrayList<>();

    private LimitTable(Config config) {
        this.config = config;
    }

    /// Routes first, as they win over `provider/model`; then what holds at each provider.
    static List<String> of(Config config) {
        LimitTable table = new LimitTable(config);
        for (Route route : config.routes().values()) {
            for (TargetRef target : route.targets()) {
                table.add(route.name() + " -> " + target, target.provider(), route);
            }
        }
        for (String provider : config.providers().keySet()) {
            table.add(provider + "/<any model>", provider, null);
        }
        return table.lines;
    }

    private void add(String title, String name, @Nullable Route route) {
        Provider provider = config.providers().get(name);
        if (provider == null) { // Config has checked it
            return;
        }
        List<Level> levels = Level.all(config, provider, route);
        Timeouts timeouts = Resolver.timeouts(levels);
        KeepAlive keepAlive = Resolver.keepAlive(levels);
        lines.add("");
        lines.add(
                title
                        + "  ("
                        + provider.dialect().key()
                        + ", "
                        + provider.upstream().baseUrl()
                        + ")");
        for (Limit limit : Limit.values()) {
            ResolvedLimit resolved = timeouts.get(limit);
            row(limit.key(), resolved.value(), resolved.source());
        }
        row("keep-alive.after", keepAlive.after());
        row("keep-alive.every", keepAlive.every());
    }

    private void row(String key, Sourced<Span> value) {
        row(key, value.value(), value.source());
    }

    private void row(String key, Span value, String source) {
        lines.add(String.format("  %-17s %-8s %s", key, value, source));
    }
}
