package dev.ebbgate.gateway;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.exchange.CancelReason;
import dev.ebbgate.gateway.desk.Desk;
import dev.ebbgate.gateway.door.Door;
import dev.ebbgate.gateway.downstream.Gathering;
import dev.ebbgate.gateway.loop.Drive;
import dev.ebbgate.gateway.loop.InFlight;
import dev.ebbgate.gateway.loop.Surroundings;
import dev.ebbgate.gateway.timer.Timers;
import dev.ebbgate.gateway.wire.Wire;
import dev.ebbgate.gateway.wire.WireOptions;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/// One event loop with its door and its wire: all of an exchange happens on it.
final class EventLoop extends VerticleBase {

    /// How many exchanges are looked at in one go.
    private static final int SLICE = 256;

    private final Gateway.Shared shared;
    private @Nullable Door door;
    private @Nullable HttpServer server;

    EventLoop(Gateway.Shared shared) {
        this.shared = shared;
    }

    @Override
    public Future<?> start() {
        Timers timers = new Timers(context);
        Config config = shared.desk().config();
        Wire wire = new Wire(vertx, timers, new WireOptions(config));
        Surroundings here =
                new Surroundings(
                        context,
                        timers,
                        new Gathering(),
                        config,
                        wire,
                        shared.room(),
                        shared.ledger(),
                        shared.counters());
        Door opened = new Door(here, shared.desk());
        door = opened;
        server =
                vertx.createHttpServer(Door.serverOptions(config))
                        .connectionHandler(opened::connected)
                        .invalidRequestHandler(opened::handleInvalid)
                        .requestHandler(opened::handle);
        return server.listen(Door.address(config.listen()));
    }

    int port() {
        return Objects.requireNonNull(server, "not started").actualPort();
    }

    void cancelAll(CancelReason reason) {
        var _ =
                ask(opened -> {
                    opened.cancelAll(reason);
                    return true;
                });
    }

    void abandonAll() {
        var _ =
                ask(opened -> {
                    opened.abandonAll();
                    return true;
                });
    }

    /// Whether the exchange of this id was under way here and has been ended.
    Future<Boolean> cancel(String exchange) {
        return ask(opened -> opened.cancel(exchange));
    }

    /// Serves the requests that come from now on under another configuration.
    Future<Boolean> adopt(Desk next) {
        return ask(opened -> {
            opened.adopt(next.config(), next);
            return true;
        });
    }

    /// What is under way here. Looked at in slices, so that streams go on between them.
    Future<List<InFlight>> inFlight() {
        return ask(Door::underWay).compose(drives -> look(drives, new ArrayList<>(), 0));
    }

    private Future<List<InFlight>> look(List<Drive> drives, List<InFlight> seen, int from) {
        int to = Math.min(drives.size(), from + SLICE);
        for (Drive drive : drives.subList(from, to)) {
            InFlight now = drive.look();
            if (now != null) {
                seen.add(now);
            }
        }
        return to == drives.size()
                ? Future.succeededFuture(seen)
                : ask(_ -> true).compose(_ -> look(drives, seen, to));
    }

    /// Has the door do something on its own loop.
    private <T> Future<T> ask(Function<Door, T> asked) {
        Door opened = Objects.requireNonNull(door, "not started");
        Promise<T> answer = Promise.promise();
        context.runOnContext(_ -> {
            try {
                answer.complete(asked.apply(opened));
            } catch (RuntimeException e) {
                answer.fail(e);
            }
        });
        return answer.future();
    }
}
