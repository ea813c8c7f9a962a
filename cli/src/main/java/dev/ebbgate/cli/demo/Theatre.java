package dev.ebbgate.cli.demo;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.config.Provider;
import dev.ebbgate.core.config.Route;
import dev.ebbgate.core.ledger.Ledger;
import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.ResolvedLimit;
import dev.ebbgate.core.resolve.Level;
import dev.ebbgate.core.resolve.Resolver;
import dev.ebbgate.gateway.Gateway;
import dev.ebbgate.gateway.config.ConfigLoader;
import dev.ebbgate.sim.Journal;
import dev.ebbgate.sim.JournalEntry;
import dev.ebbgate.sim.Simulator;
import dev.ebbgate.sim.SimulatorOptions;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Where the tour is played: a real gateway, and simulated providers behind it, on free ports of
/// the loopback interface.
public final class Theatre implements AutoCloseable {

    private final Simulator simulator;
    private final Config config;
    private final Gateway gateway;
    private final Tempo tempo;

    private Theatre(Simulator simulator, Config config, Gateway gateway, Tempo tempo) {
        this.simulator = simulator;
        this.config = config;
        this.gateway = gateway;
        this.tempo = tempo;
    }

    /// A theatre whose gateway answers requests when this returns.
    public static Theatre open(Tempo tempo, Ledger ledger) {
        return open(tempo, Cast.of(tempo), ledger);
    }

    static Theatre open(Tempo tempo, Cast cast, Ledger ledger) {
        Simulator simulator = Simulator.start(SimulatorOptions.defaults());
        try {
            Config config = load(yaml(simulator.url(), tempo, cast));
            return new Theatre(simulator, config, Gateway.start(config, ledger), tempo);
        } catch (RuntimeException e) {
            simulator.close();
            throw e;
        }
    }

    private static Config load(String yaml) {
        return switch (ConfigLoader.parse("demo.yaml", yaml, Map.of())) {
            case ConfigLoader.Loaded(Config config, var _) -> config;
            case ConfigLoader.Refused(var problems) ->
                    throw new IllegalStateException("the demo's configuration: " + problems);
        };
    }

    /// A configuration as anyone might write it, so that every limit has a source. Only the bounds
    /// are unusual: nobody would watch limits of minutes.
    private static String yaml(String url, Tempo tempo, Cast cast) {
        return """
        version: 1
        listen: {port: 0}
        bounds: {stream-idle: [500ms, 1h]}
        timeouts: {stream-idle: %1$s}
        keep-alive: {after: %2$s, every: %2$s}
        providers:
          slow:     {dialect: openai, base-url: "%3$s/v1", headers: {x-sim: "%4$s"}}
          stalling: {dialect: openai, base-url: "%3$s/v1", headers: {x-sim: "%5$s"}}
          silent:   {dialect: openai, base-url: "%3$s/v1", headers: {x-sim: "%6$s"}}
          pinging:  {dialect: anthropic, base-url: "%3$s", headers: {x-sim: "%7$s"}}
          spare:    {dialect: openai, base-url: "%3$s/v1", headers: {x-sim: "%11$s"}}
          dying:    {dialect: openai, base-url: "%3$s/v1", headers: {x-sim: "%12$s"}}
          troubled:
            dialect: openai
            base-url: "%3$s/v1"
            headers: {x-sim: "%13$s"}
            breaker: {failures: %14$d, window: 10s, cooldown: %15$s}
        routes:
          patient: {targets: [slow/tide-1], timeouts: {first-token: %8$s}}
          steady:  {targets: [stalling/tide-1]}
          brisk:   {targets: [silent/tide-1], timeouts: {first-token: %9$s}, keep-alive: off}
          eager:   {targets: [pinging/tide-1], timeouts: {no-progress: %10$s}}
          relayed: {targets: [silent/tide-1, spare/tide-1], failover: {first-token: %9$s}}
          healed:  {targets: [dying/tide-1, spare/tide-1], failover: {mid-stream: hold, retries: 0}}
          stormy:  {targets: [troubled/%16$s, spare/tide-1], failover: {retries: 0}}
        """
                .formatted(
                        tempo.streamIdle(),
                        tempo.keepAlive(),
                        url,
                        cast.slow(),
                        cast.stalling(),
                        cast.silent(),
                        cast.pinging(),
                        tempo.patience(),
                        tempo.firstToken(),
                        tempo.noProgress(),
                        cast.spare(),
                        cast.dying(),
                        cast.troubled(),
                        Cast.FAILURES,
                        tempo.cooldown(),
                        Cast.TROUBLED);
    }

    /// The gateway's address, without a path.
    public String url() {
        return "http://127.0.0.1:" + gateway.port();
    }

    /// The address of the simulated providers.
    public String providersUrl() {
        return simulator.url();
    }

    public Gateway gateway() {
        return gateway;
    }

    Tempo tempo() {
        return tempo;
    }

    /// A limit as it is in force on a route, with its source.
    ResolvedLimit limit(String routeName, Limit limit) {
        Route route = Objects.requireNonNull(config.routes().get(routeName), routeName);
        String name = route.targets().getFirst().provider();
        Provider provider = Objects.requireNonNull(config.providers().get(name), name);
        return Resolver.timeouts(Level.all(config, provider, route)).get(limit);
    }

    /// How long a route waits for a first token while another target remains.
    ResolvedLimit patience(String routeName) {
        Route route = Objects.requireNonNull(config.routes().get(routeName), routeName);
        return route.failover().patience(limit(routeName, Limit.FIRST_TOKEN));
    }

    /// What the providers have seen after the request of that number.
    List<JournalEntry> seenSince(long last) {
        return journal().entries().stream().filter(entry -> entry.id() > last).toList();
    }

    /// The number of the last request that a provider has seen; later ones have higher numbers.
    long lastSeen() {
        return journal().entries().stream().mapToLong(JournalEntry::id).max().orElse(0);
    }

    Journal journal() {
        return simulator.journal();
    }

    @Override
    public void close() {
        gateway.close();
        simulator.close();
    }
}
