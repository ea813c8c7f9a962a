package dev.ebbgate.gateway.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ebbgate.core.event.Event;
import dev.ebbgate.core.overlay.Overlay;
import dev.ebbgate.core.overlay.OverlayStore;
import dev.ebbgate.gateway.Gateway;
import dev.ebbgate.gateway.config.ConfigSource;
import dev.ebbgate.gateway.config.Layered;
import dev.ebbgate.gateway.config.Layering;
import dev.ebbgate.gateway.live.FileOverlay;
import dev.ebbgate.gateway.live.Steering;
import dev.ebbgate.gateway.metrics.Metrics;
import dev.ebbgate.gateway.site.RawAnswer;
import dev.ebbgate.gateway.site.RawClient;
import dev.ebbgate.sim.Simulator;
import dev.ebbgate.sim.SimulatorOptions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// A gateway with its admin API, whose configuration is a file in a folder.
final class AdminSite implements AutoCloseable {

    static final String KEY = "a-providers-key-that-nobody-may-see";

    private final Simulator simulator = Simulator.start(SimulatorOptions.defaults());
    private final Path file;
    private final Gateway gateway;
    private final Steering steering;
    private final AdminServer server;
    private final Metrics metrics = new Metrics();
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final List<Consumer<byte[]>> followers = new CopyOnWriteArrayList<>();
    private final List<Endpoint> endpoints;

    AdminSite(Path folder, String admin) {
        this(folder, admin, FileOverlay.in(folder));
    }

    AdminSite(Path folder, String admin, OverlayStore overlay) {
        this.file = folder.resolve("ebbgate.yaml");
        write("", admin);
        ConfigSource source = ConfigSource.of(file, Map.of());
        Layered layered =
                switch (source.load(Overlay.EMPTY)) {
                    case Layering.Together(Layered good) -> good;
                    case Layering.Bad(var problems) -> throw new AssertionError(problems);
                };
        gateway = Gateway.start(layered.config(), metrics, metrics);
        steering = new Steering(gateway, source, overlay, layered, events::add);
        endpoints =
                AdminApi.endpoints(
                        gateway,
                        steering,
                        metrics,
                        this::subscribe,
                        _ -> Reply.text("application/json", "{}"));
        server = AdminServer.open(gateway, endpoints, events::add);
    }

    /// Writes the file.
    ///
    /// @param coder more keys of the route `coder`
    void write(String coder, String admin) {
        try {
            Files.writeString(
                    file,
                    """
                    listen: {port: 0}
                    admin: {port: 0, %s}
                    providers:
                      sim: {dialect: openai, base-url: "%s/v1", api-key: %s}
                    routes:
                      coder: {targets: ["sim/sim:burst"]%s}
                    """
                            .formatted(admin, simulator.url(), KEY, coder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Runnable subscribe(Consumer<byte[]> follower) {
        followers.add(follower);
        return () -> followers.remove(follower);
    }

    /// Those who follow the events.
    List<Consumer<byte[]>> followers() {
        return followers;
    }

    List<Endpoint> endpoints() {
        return endpoints;
    }

    int port() {
        return server.port();
    }

    Steering steering() {
        return steering;
    }

    Gateway gateway() {
        return gateway;
    }

    List<Event> events() {
        return events;
    }

    RawAnswer ask(String method, String path, String body, String... headers) {
        String head = RawClient.head(method, path, headers);
        int length = body.getBytes(UTF_8).length;
        try (RawClient client = new RawClient(server.port())) {
            return client.send(head + "Content-Length: " + length + "\r\n\r\n" + body).answer();
        }
    }

    /// Asks the gateway itself for a stream.
    RawAnswer chat(String model) {
        String body = "{\"model\": \"" + model + "\", \"stream\": true, \"messages\": []}";
        try (RawClient client = new RawClient(gateway.port())) {
            return client.send(RawClient.post("/v1/chat/completions", body)).answer();
        }
    }

    RawAnswer get(String path, String... headers) {
        return ask("GET", path, "", headers);
    }

    @Override
    public void close() {
        steering.close();
        gateway.close();
        simulator.close();
    }
}
