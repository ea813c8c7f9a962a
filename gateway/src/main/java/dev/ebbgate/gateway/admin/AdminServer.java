package dev.ebbgate.gateway.admin;

import dev.ebbgate.core.config.Auth;
import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.event.Events;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.setting.Listen;
import dev.ebbgate.core.setting.Secret;
import dev.ebbgate.core.setting.Sourced;
import dev.ebbgate.core.upkeep.Admin;
import dev.ebbgate.gateway.Gateway;
import dev.ebbgate.gateway.door.Connections;
import dev.ebbgate.gateway.door.Guard;
import dev.ebbgate.gateway.timer.Timers;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The listener of the admin API. It has an event loop of its own, and what it is asked for is done
/// on virtual threads, so that nothing here can hold up a stream.
public final class AdminServer extends VerticleBase {

    /// What it calls itself in the header `server`.
    public static final String NAME = "ebbgate-admin";

    /// The longest head of a request to it.
    private static final int HEAD = 16 * 1024;

    private final Admin settings;
    private final Sourced<Span> requestRead;
    private final List<Endpoint> endpoints;
    private final Events events;
    private @Nullable HttpServer server;

    /// @param settings with an address
    /// @param requestRead how long a request may take to come
    /// @param events is told of what operators do
    public AdminServer(
            Admin settings, Sourced<Span> requestRead, List<Endpoint> endpoints, Events events) {
        this.events = events;
        this.settings = settings;
        this.requestRead = requestRead;
        this.endpoints = List.copyOf(endpoints);
    }

    /// Starts one that has an address.
    ///
    /// @param events is told of what operators do
    /// @throws IllegalStateException with a message for the operator if it cannot listen
    public static AdminServer open(Gateway gateway, List<Endpoint> endpoints, Events events) {
        Config config = gateway.config();
        Admin settings = config.upkeep().admin();
        Sourced<Span> requestRead = config.limits().waits().requestRead();
        AdminServer server = new AdminServer(settings, requestRead, endpoints, events);
        try {
            var _ = Patience.await(gateway.deploy(server));
        } catch (Refusal | IllegalStateException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IllegalStateException(
                    "the admin API cannot listen on "
                            + server.listen().host()
                            + ":"
                            + server.listen().port()
                            + ": "
                            + cause.getMessage(),
                    cause);
        }
        return server;
    }

    @Override
    public Future<?> start() {
        Timers timers = new Timers(context);
        Connections connections = new Connections(timers, requestRead);
        Map<String, Secret> keys =
                settings.key() == null ? Map.of() : Map.of("admin", settings.key());
        Guard guard = new Guard(new Auth(keys), "admin.key");
        server =
                vertx.createHttpServer(options())
                        .connectionHandler(connections::opened)
                        .requestHandler(request -> {
                            connections.begun(request);
                            Inquiry inquiry = new Inquiry(context, timers, request, this);
                            inquiry.enter(guard, () -> connections.ended(request));
                        });
        // Not Door.address: what takes any free port there shares it with the clients' listeners.
        return server.listen(SocketAddress.inetSocketAddress(listen().port(), listen().host()));
    }

    private static HttpServerOptions options() {
        return new HttpServerOptions()
                .setTcpNoDelay(true)
                .setMaxHeaderSize(HEAD)
                .setMaxInitialLineLength(HEAD)
                .setHandle100ContinueAutomatically(true)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false);
    }

    private Listen listen() {
        return Objects.requireNonNull(settings.listen(), "it is off");
    }

    /// The port it listens on.
    public int port() {
        return Objects.requireNonNull(server, "not started").actualPort();
    }

    boolean writes() {
        return settings.writes();
    }

    Events events() {
        return events;
    }

    Span requestRead() {
        return requestRead.value();
    }

    /// Those of this path, whatever their method.
    List<Endpoint> at(String path) {
        return endpoints.stream().filter(endpoint -> endpoint.match(path) != null).toList();
    }

    /// The one that is asked for, or null.
    @Nullable Endpoint asked(HttpServerRequest request, String path) {
        return at(path).stream()
                .filter(endpoint -> endpoint.method().equals(request.method()))
                .findFirst()
                .orElse(null);
    }
}
