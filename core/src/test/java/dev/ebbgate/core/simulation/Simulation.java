package dev.ebbgate.core.simulation;

import dev.ebbgate.core.config.Provider;
import dev.ebbgate.core.exchange.Exchange;
import dev.ebbgate.core.exchange.ExchangePolicy;
import dev.ebbgate.core.health.Roster;
import dev.ebbgate.core.health.Rosters;
import dev.ebbgate.core.health.Standing;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.limit.Timeouts;
import dev.ebbgate.core.policy.Capacity;
import dev.ebbgate.core.policy.Failover;
import dev.ebbgate.core.resolve.Target;
import dev.ebbgate.core.setting.KeepAlive;
import dev.ebbgate.core.setting.Sourced;
import dev.ebbgate.core.simulation.Server.Behaviour;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// One world: servers in the order in which they are tried, the health of their targets, and the
/// clients that come. Everything that is left to chance follows from the seed.
final class Simulation {

    /// What governs an exchange here.
    ///
    /// @param watched whether breakers, budgets and places are in force
    record Rules(Timeouts timeouts, Failover failover, boolean watched) {
        static final Rules DEFAULT = new Rules(Timeouts.DEFAULTS, Failover.DEFAULT, true);
    }

    private static final KeepAlive NO_SIGNS =
            new KeepAlive(Sourced.byDefault(Span.OFF), Sourced.byDefault(Span.OFF));

    final VirtualTime time = new VirtualTime();
    final List<Server> servers = new ArrayList<>();
    final List<Client> clients = new ArrayList<>();
    private final List<Provider> providers = new ArrayList<>();
    private final Rules rules;
    private final Random random;
    private Roster roster = Rosters.of(Rosters.provider("none"));
    private ToDoubleFunction<Random> kiloTokens = _ -> 1;

    Simulation(Rules rules, long seed) {
        this.rules = rules;
        this.random = new Random(seed);
    }

    Simulation server(String name, Behaviour behaviour) {
        return server(name, Capacity.UNLIMITED, behaviour);
    }

    Simulation server(String name, int maxInFlight, Behaviour behaviour) {
        servers.add(new Server(name, time, behaviour));
        providers.add(Rosters.provider(name, Rosters.keys(1), maxInFlight));
        return this;
    }

    Simulation prompts(ToDoubleFunction<Random> size) {
        kiloTokens = size;
        return this;
    }

    /// Lets clients come at random moments, so many per second on average, and everything happen.
    Simulation run(double perSecond, double seconds, Watch watch) {
        roster = Rosters.of(providers.toArray(Provider[]::new));
        double at = gap(perSecond);
        while (at < seconds) {
            long seed = random.nextLong();
            time.at(Reply.nanos(at), () -> arrive(new Random(seed), watch));
            at += gap(perSecond);
        }
        time.run();
        return this;
    }

    private double gap(double perSecond) {
        return -StrictMath.log(1 - random.nextDouble()) / perSecond;
    }

    private void arrive(Random own, Watch watch) {
        clients.add(new Client(this, watch, kiloTokens.applyAsDouble(own), own));
    }

    Exchange exchange(Random own) {
        ExchangePolicy policy =
                new ExchangePolicy(
                        true,
                        servers.stream().map(_ -> rules.timeouts).toList(),
                        IntStream.range(0, servers.size()).mapToObj(List::of).toList(),
                        Set.of(),
                        rules.failover,
                        NO_SIGNS,
                        Sourced.byDefault(Span.ofSeconds(300)),
                        Span.ofSeconds(5));
        return new Exchange(policy, standing(), own::nextDouble, time.nowNanos(), time.nowNanos());
    }

    private Standing standing() {
        List<Target> targets = providers.stream().map(p -> Rosters.target(p, "m")).toList();
        return rules.watched ? roster.standing(targets) : Standing.unwatched();
    }

    Roster roster() {
        return roster;
    }
}
