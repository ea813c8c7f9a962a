package dev.ebbgate.gateway.loop;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.exchange.CancelReason;
import dev.ebbgate.core.exchange.Exchange;
import dev.ebbgate.core.exchange.NextLimit;
import dev.ebbgate.core.exchange.Outcome;
import dev.ebbgate.core.ledger.Ledger;
import dev.ebbgate.core.limit.Phase;
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

    /// The limit that ends an exchange next, with the place where its value was set: the machine
    /// does not know who wrote how long it awaits a formal end, nor of a drain.
    @Nullable NextLimit next(Exchange exchange) {
        NextLimit own = exchange.next();
        NextLimit sourced =
                own != null && own.key().equals("after-finish")
                        ? own.from(config.limits().waits().afterFinish().source())
                        : own;
        NextLimit drain = exchange.outcome() == null ? room.drainLimit() : room.deliveryLimit();
        return NextLimit.nearer(sourced, drain);
    }

    /// The end of an exchange for a reason from outside: by a limit, where the time is over in
    /// which it was to finish.
    Outcome.Cancelled cancelled(CancelReason reason, Phase phase) {
        NextLimit drain = reason == CancelReason.SHUTDOWN ? room.drained() : null;
        return new Outcome.Cancelled(
                reason, drain == null ? null : drain.expiry(phase, System.nanoTime()));
    }

    /// The same loop under another configuration.
    public Surroundings under(Config next, Wire nextWire) {
        return new Surroundings(context, timers, gathering, next, nextWire, room, ledger, counters);
    }
}
