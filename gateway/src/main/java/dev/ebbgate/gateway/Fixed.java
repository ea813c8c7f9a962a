package dev.ebbgate.gateway;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.config.Limits;
import dev.ebbgate.core.config.Limits.Sizes;
import dev.ebbgate.gateway.wire.WireOptions;

import java.util.ArrayList;
import java.util.List;

/// What a running gateway cannot change: where it listens, and what its listeners were made with.
final class Fixed {

    private final Config started;
    private final Config wanted;

    private Fixed(Config started, Config wanted) {
        this.started = started;
        this.wanted = wanted;
    }

    /// The wanted configuration, with what cannot be changed as it was at the start.
    static Config keep(Config started, Config wanted) {
        Sizes sizes = wanted.limits().sizes();
        Sizes kept =
                new Sizes(
                        sizes.requestBody(),
                        sizes.event(),
                        started.limits().sizes().header(),
                        sizes.buffered(),
                        sizes.exchanges());
        return new Config(
                started.listen(),
                wanted.policies(),
                wanted.auth(),
                new Limits(kept, wanted.limits().waits()),
                started.ledger(),
                started.upkeep(),
                wanted.providers(),
                wanted.routes());
    }

    /// What of the wanted configuration takes a restart; one line each, none if all of it holds.
    static List<String> restarts(Config started, Config wanted) {
        return new Fixed(started, wanted).restarts();
    }

    private List<String> restarts() {
        List<String> lines = new ArrayList<>();
        Sizes before = started.limits().sizes();
        Sizes after = wanted.limits().sizes();
        if (!started.listen().equals(wanted.listen())) {
            lines.add("listen: the address takes a restart");
        }
        if (!started.ledger().equals(wanted.ledger())) {
            lines.add("ledger: it takes a restart");
        }
        if (!started.upkeep().admin().equals(wanted.upkeep().admin())) {
            lines.add("admin: the address, the key and writes take a restart");
        }
        if (!started.upkeep().events().equals(wanted.upkeep().events())) {
            lines.add("events: where they go takes a restart");
        }
        if (!started.upkeep().telemetry().equals(wanted.upkeep().telemetry())) {
            lines.add("telemetry: it takes a restart");
        }
        if (!before.header().value().equals(after.header().value())) {
            lines.add("limits.header: it takes a restart; in force is " + before.header().value());
        }
        if (before.exchanges().value() < after.exchanges().value()) {
            lines.add(
                    "limits.exchanges: it holds at once, but one HTTP/2 connection of a client"
                            + " carries no more than "
                            + before.exchanges().value()
                            + " until a restart");
        }
        int resolver = new WireOptions(started).resolverMillis();
        if (resolver < new WireOptions(wanted).resolverMillis()) {
            lines.add(
                    "timeouts.connect: it holds at once, but a name server is waited for no longer"
                            + " than before until a restart");
        }
        return lines;
    }
}
