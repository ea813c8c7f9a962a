package dev.ebbgate.gateway.door;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.exchange.CancelReason;
import dev.ebbgate.core.ledger.ExchangeId;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.setting.Listen;
import dev.ebbgate.core.setting.Sourced;
import dev.ebbgate.gateway.desk.Judge;
import dev.ebbgate.gateway.loop.Drive;
import dev.ebbgate.gateway.loop.Surroundings;
import dev.ebbgate.gateway.wire.WireOptions;

import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/// Where requests come in, on one event loop. Every request becomes a [Visit]; the ones that are
/// admitted become exchanges, which are known here until they are over.
public final class Door {

    private final Connections connections;
    private final SplittableRandom random = new SplittableRandom();
    private final Set<Drive> underWay = new HashSet<>();
    private final Set<Visit> stillComing = new HashSet<>();
    private Era era;

    /// Made on the event loop that it serves.
    public Door(Surroundings here, Judge judge) {
        this.era = new Era(here, judge);
        this.connections = new Connections(here.timers(), patience(here));
    }

    private static Sourced<Span> patience(Surroundings here) {
        return here.config().limits().waits().requestRead();
    }

    /// Puts another configuration in force for the requests that come from now on.
    public void adopt(Config next, Judge judge) {
        Era before = era;
        Surroundings here = before.here();
        era = new Era(here.under(next, here.wire().succeededBy(new WireOptions(next))), judge);
        connections.wait(patience(era.here()));
        before.pass();
    }

    /// The options of the HTTP server; its own waits and bounds are derived from configured ones.
    public static HttpServerOptions serverOptions(Config config) {
        int head = (int) config.limits().sizes().header().value().bytes();
        int exchanges = config.limits().sizes().exchanges().value();
        return new HttpServerOptions()
                .setTcpNoDelay(true)
                .setTcpKeepAlive(true)
                .setAcceptBacklog(1024)
                .setMaxHeaderSize(head)
                .setMaxInitialLineLength(head)
                .setHandle100ContinueAutomatically(true)
                // Nobody talks WebSocket here; its handlers would still see every message.
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                // Cancelling is an ordinary thing to do here, so resets are no sign of an attack
                // until there are more of them than there can be exchanges.
                .setHttp2RstFloodMaxRstFramePerWindow(exchanges)
                .setInitialSettings(
                        new Http2Settings()
                                .setMaxConcurrentStreams(exchanges)
                                .setMaxHeaderListSize(head));
    }

    /// Where the servers of all event loops listen: a free port, when one is asked for, must be the
    /// same for all.
    public static SocketAddress address(Listen listen) {
        return listen.port() == 0
                ? SocketAddress.sharedRandomPort(1, listen.host())
                : SocketAddress.inetSocketAddress(listen.port(), listen.host());
    }

    /// A client has connected.
    public void connected(HttpConnection connection) {
        connections.opened(connection);
    }

    /// A request's head has arrived.
    public void handle(HttpServerRequest request) {
        connections.begun(request);
        Era mine = era;
        mine.enter();
        Runnable whenOver =
                () -> {
                    connections.ended(request);
                    mine.leave();
                };
        new Visit(this, mine, request, id(), whenOver).enter();
    }

    /// A head that is not HTTP, or longer than it may be.
    public void handleInvalid(HttpServerRequest request) {
        new Visit(this, era, request, id(), () -> {}).turnAwayInvalid();
    }

    /// Ends the exchange of this id, telling its client that an operator wanted it; false if it is
    /// not under way here.
    public boolean cancel(String exchange) {
        for (Drive drive : underWay) {
            if (drive.id().equals(exchange)) {
                drive.cancel(CancelReason.OPERATOR);
                return true;
            }
        }
        return false;
    }

    /// All exchanges under way, at this moment.
    public List<Drive> underWay() {
        return List.copyOf(underWay);
    }

    /// Ends every exchange under way, telling the clients why, and turns away whoever is still
    /// sending its request.
    public void cancelAll(CancelReason reason) {
        List.copyOf(stillComing).forEach(Visit::turnAwayUnread);
        List.copyOf(underWay).forEach(drive -> drive.cancel(reason));
    }

    /// Leaves the clients that do not take the end of their exchanges.
    public void abandonAll() {
        List.copyOf(underWay).forEach(Drive::abandon);
    }

    private String id() {
        return ExchangeId.of(System.currentTimeMillis(), random.nextLong());
    }

    /// Who answers for a request's body where that is broken.
    void reads(HttpServerRequest request, Runnable broken) {
        connections.reads(request, broken);
    }

    /// Its body has begun to come.
    void comes(Visit visit) {
        stillComing.add(visit);
    }

    /// Its body is whole, or no longer waited for.
    void hasCome(Visit visit) {
        stillComing.remove(visit);
    }

    void began(Drive drive) {
        underWay.add(drive);
    }

    void over(Drive drive) {
        underWay.remove(drive);
    }
}
