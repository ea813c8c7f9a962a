package dev.ebbgate.gateway.loop;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.exchange.CancelReason;
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

    /// The limit with the place where its value was set: the machine does not know who wrote how
    /// long it awaits a formal end.
    @Nullable NextLimit sourced(@Nullable NextLimit next) {
        return next != null && next.key().equals("after-finish")
                ? next.from(config.limits().waits().afterFinish().source())
                : next;
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
