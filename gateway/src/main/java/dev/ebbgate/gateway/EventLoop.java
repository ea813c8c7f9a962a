package dev.ebbgate.gateway;

import dev.ebbgate.core.exchange.CancelReason;
import dev.ebbgate.gateway.door.Door;
import dev.ebbgate.gateway.downstream.Gathering;
import dev.ebbgate.gateway.loop.Surroundings;
import dev.ebbgate.gateway.timer.Timers;
import dev.ebbgate.gateway.wire.Wire;
import dev.ebbgate.gateway.wire.WireOptions;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/// One event loop with its door and its wire: all of an exchange happens on it.
final class EventLoop extends VerticleBase {

    private final Gateway.Shared shared;
    private @Nullable Door door;
    private @Nullable HttpServer server;

    EventLoop(Gateway.Shared shared) {
        this.shared = shared;
    }

    @Override
    public Future<?> start() {
        Timers timers = new Timers(context);
        Wire wire = new Wire(vertx, timers, new WireOptions(shared.config()));
        Surroundings here =
                new Surroundings(
                        context,
                        timers,
                        new Gathering(),
                        shared.config(),
                        wire,
                        shared.room(),
                        shared.ledger(),
                        shared.counters());
        Door opened = new Door(here, shared.desk());
        door = opened;
        server =
                vertx.createHttpServer(Door.serverOptions(shared.config()))
                        .connectionHandler(opened::connected)
                        .invalidRequestHandler(opened::handleInvalid)
                        .requestHandler(opened::handle);
        return server.listen(Door.address(shared.config().listen()));
    }

    int port() {
        return Objects.requireNonNull(server, "not started").actualPort();
    }

    void cancelAll(CancelReason reason) {
        Door opened = Objects.requireNonNull(door, "not started");
        context.runOnContext(_ -> opened.cancelAll(reason));
    }
}
