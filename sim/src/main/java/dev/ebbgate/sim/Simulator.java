package dev.ebbgate.sim;

import dev.ebbgate.sim.script.Script;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import io.vertx.core.net.SocketAddress;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.Optional;

/// A simulated LLM provider on a port of its own: OpenAI's chat and text completions and
/// embeddings, Anthropic's messages, answered as the request's model name or its header `x-sim` say
/// (see [Script]), plus a [Journal] of what it saw, also at `GET /sim/journal`.
///
/// ```java
/// try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
///     … simulator.url() + "/v1/chat/completions" …
/// }
/// ```
///
/// Start and close block, so neither may be called on an event loop. Safe for threads.
public final class Simulator implements AutoCloseable {

    private static final int PLAIN = 1;
    private static final int TLS = 2;
    private static final int HEADER_BYTES = 64 * 1024;

    private final SimulatorOptions options;
    private final Vertx vertx;
    private final Journal journal = new Journal();
    private final @Nullable Certificate certificate;
    private volatile int port;
    private volatile int tlsPort;

    private Simulator(SimulatorOptions options) {
        this.options = options;
        this.port = options.port();
        this.tlsPort = options.tlsPort();
        certificate = tlsPort == SimulatorOptions.OFF ? null : Certificate.create();
        vertx =
                Vertx.vertx(
                        new VertxOptions()
                                .setPreferNativeTransport(true)
                                .setEventLoopPoolSize(options.eventLoops())
                                .setFileSystemOptions(
                                        new FileSystemOptions()
                                                .setFileCachingEnabled(false)
                                                .setClassPathResolvingEnabled(false)));
    }

    /// A simulator that listens.
    public static Simulator start(SimulatorOptions options) {
        // A bad default script is found here and not by the first request.
        Script.Setting setting =
                new Script.Setting(options.script(), options.seed(), options.speed());
        Script.of("", "", setting);
        // The JSON reader is loaded now, not on the time of the first request.
        Asked.read(Buffer.buffer("{}"));
        Simulator simulator = new Simulator(options);
        try {
            simulator.listen(new Stage(setting, simulator.vertx));
            return simulator;
        } catch (RuntimeException e) {
            simulator.close();
            throw e;
        }
    }

    private void listen(Stage stage) {
        join(
                vertx.deployVerticle(
                        () -> new Loop(stage),
                        new DeploymentOptions().setInstances(options.eventLoops())));
    }

    /// The servers of one event loop. A free port is asked for under a number, or each loop would
    /// get its own.
    private final class Loop extends VerticleBase {
        private final Stage stage;

        Loop(Stage stage) {
            this.stage = stage;
        }

        @Override
        public Future<?> start() {
            Endpoints endpoints = new Endpoints(journal, stage, new Bench(vertx));
            Future<HttpServer> plain = serve(common(), PLAIN, options.port(), endpoints);
            Future<?> bound = plain.onSuccess(server -> port = server.actualPort());
            Certificate tls = certificate;
            if (tls == null) {
                return bound;
            }
            PfxOptions keys =
                    new PfxOptions()
                            .setPath(tls.store().toString())
                            .setPassword(Certificate.PASSWORD);
            HttpServerOptions secure =
                    common().setSsl(true).setUseAlpn(true).setKeyCertOptions(keys);
            return bound.compose(_ -> serve(secure, TLS, options.tlsPort(), endpoints))
                    .onSuccess(server -> tlsPort = server.actualPort());
        }

        private Future<HttpServer> serve(
                HttpServerOptions how, int which, int on, Endpoints endpoints) {
            SocketAddress address =
                    on == 0
                            ? SocketAddress.sharedRandomPort(which, options.host())
                            : SocketAddress.inetSocketAddress(on, options.host());
            return vertx.createHttpServer(how).requestHandler(endpoints).listen(address);
        }
    }

    private static HttpServerOptions common() {
        return new HttpServerOptions()
                .setTcpNoDelay(true)
                .setAcceptBacklog(8_192)
                .setMaxHeaderSize(HEADER_BYTES)
                .setHttp2ClearTextEnabled(true);
    }

    public int port() {
        return port;
    }

    /// The TLS port, or [SimulatorOptions#OFF].
    public int tlsPort() {
        return tlsPort;
    }

    /// `http://host:port`, without a path.
    public String url() {
        return "http://" + options.host() + ":" + port;
    }

    /// `https://localhost:port`, without a path, if there is TLS.
    public Optional<String> tlsUrl() {
        return certificate == null ? Optional.empty() : Optional.of("https://localhost:" + tlsPort);
    }

    /// A PEM file with the certificate to trust, if there is TLS; gone after [#close].
    public Optional<Path> caFile() {
        return Optional.ofNullable(certificate).map(Certificate::pem);
    }

    public Journal journal() {
        return journal;
    }

    /// Stops listening and drops all connections. Further calls do nothing.
    @Override
    public void close() {
        join(vertx.close());
        if (certificate != null) {
            certificate.close();
        }
    }

    private static void join(Future<?> future) {
        future.toCompletionStage().toCompletableFuture().join();
    }
}
