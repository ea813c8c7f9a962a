package dev.ebbgate.gateway.loop;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.config.Limits;
import dev.ebbgate.core.exchange.NextLimit;
import dev.ebbgate.core.ledger.Ledger;
import dev.ebbgate.gateway.desk.Room;
import dev.ebbgate.gateway.downstream.Gathering;
import dev.ebbgate.gateway.timer.Timers;
import dev.ebbgate.gateway.wire.Wire;

import io.vertx.core.Context;

import org.jspecify.annotations.Nullable;

/// What all exchanges of one event loop share that began under the same configuration.
public record Surroundings(
        Context context,
        Timers timers,
        Gathering gathering,
        Config config,
        Wire wire,
        Room room,
        Ledger ledger,
        Counters counters) {

    /// The limit with the place where its value was set: the machine does not know who wrote the
    /// gateway's own waits.
    @Nullable NextLimit sourced(@Nullable NextLimit next) {
        if (next == null) {
            return null;
        }
        Limits.Waits waits = config.limits().waits();
        return switch (next.key()) {
            case "client-stall" -> next.from(waits.clientStall().source());
            case "after-finish" -> next.from(waits.afterFinish().source());
            default -> next;
        };
    }

    /// The same loop under another configuration.
    public Surroundings under(Config next, Wire nextWire) {
        return new Surroundings(context, timers, gathering, next, nextWire, room, ledger, counters);
    }
}
