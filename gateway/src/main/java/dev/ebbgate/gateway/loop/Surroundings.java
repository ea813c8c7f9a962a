package dev.ebbgate.gateway.loop;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.ledger.Ledger;
import dev.ebbgate.gateway.desk.Room;
import dev.ebbgate.gateway.downstream.Gathering;
import dev.ebbgate.gateway.timer.Timers;
import dev.ebbgate.gateway.wire.Wire;

import io.vertx.core.Context;

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

    /// The same loop under another configuration.
    public Surroundings under(Config next, Wire nextWire) {
        return new Surroundings(context, timers, gathering, next, nextWire, room, ledger, counters);
    }
}
