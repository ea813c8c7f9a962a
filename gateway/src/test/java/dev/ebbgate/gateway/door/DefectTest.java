package dev.ebbgate.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.config.Dialect;
import dev.ebbgate.gateway.config.ConfigLoader;
import dev.ebbgate.gateway.desk.Judge;
import dev.ebbgate.gateway.desk.Room;
import dev.ebbgate.gateway.downstream.Gathering;
import dev.ebbgate.gateway.loop.Counters;
import dev.ebbgate.gateway.loop.Defects;
import dev.ebbgate.gateway.loop.Surroundings;
import dev.ebbgate.gateway.site.Leaks;
import dev.ebbgate.gateway.site.RawAnswer;
import dev.ebbgate.gateway.site.RawClient;
import dev.ebbgate.gateway.timer.Timers;
import dev.ebbgate.gateway.wire.Wire;
import dev.ebbgate.gateway.wire.WireOptions;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A request that meets a defect of the gateway before its exchange begins.
class DefectTest {

    private static final String YAML =
            """
            version: 1
            limits: {exchanges: 1}
            providers: {o: {dialect: openai, base-url: "http://127.0.0.1:1/v1"}}
            """;

    private static final Judge FAILING =
            (_, body, _) -> {
                throw new IllegalStateException(
                        "it fails on " + new String(body, StandardCharsets.UTF_8));
            };

    private final Vertx vertx = Vertx.vertx();
    private final Config config = config();
    private final Room room = new Room(config.limits().sizes());
    private final ListAppender<ILoggingEvent> said = new ListAppender<>();
    private int port;

    private static Config config() {
        return switch (ConfigLoader.parse("d.yaml", YAML, Map.of())) {
            case ConfigLoader.Loaded(Config config, _) -> config;
            case ConfigLoader.Refused(var problems) -> throw new AssertionError(problems);
        };
    }

    /// An event loop with a door whose judge fails.
    private final class Failing extends VerticleBase {
        @Override
        public Future<?> start() {
            Timers timers = new Timers(context);
            Wire wire = new Wire(vertx, timers, new WireOptions(config));
            Surroundings here =
                    new Surroundings(
                            context,
                            timers,
                            new Gathering(),
                            config,
                            wire,
                            room,
                            _ -> {},
                            new Counters());
            Door door = new Door(here, FAILING);
            HttpServer server = vertx.createHttpServer(Door.serverOptions(config));
            return server.connectionHandler(door::connected)
                    .requestHandler(door::handle)
                    .listen(0, "127.0.0.1")
                    .onSuccess(open -> port = open.actualPort());
        }
    }

    @BeforeEach
    void start() throws Exception {
        said.start();
        ((Logger) LoggerFactory.getLogger(Defects.class)).addAppender(said);
        vertx.deployVerticle(new Failing())
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        ((Logger) LoggerFactory.getLogger(Defects.class)).detachAppender(said);
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @CsvSource({"/v1/chat/completions, OPENAI", "/v1/messages, ANTHROPIC"})
    void defectBeforeTheExchange_isA500ThatLeavesNothingBehind(String path, Dialect dialect) {
        String body = "{\"model\":\"" + Leaks.PROMPT + "\"}";
        try (RawClient client = new RawClient(port)) {
            RawAnswer first = client.send(RawClient.post(path, body)).answer();
            RawAnswer second = client.send(RawClient.post(path, body)).answer();

            assertThat(List.of(first.status(), second.status())).containsOnly(500);
            assertThat(first.error().dialect()).isEqualTo(dialect);
            assertThat(first.error().ebbgate("fault")).isEqualTo("gateway");
            assertThat(first.error().ebbgate("exchange")).isEqualTo(first.header("x-ebbgate-id"));
            assertThat(room.exchanges()).isZero();
            assertThat(room.bytes()).isZero();
            assertThat(said.list)
                    .hasSize(2)
                    .allMatch(line -> line.getLevel() == Level.ERROR)
                    .allMatch(line -> line.getThrowableProxy() == null)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .allMatch(line -> line.contains("IllegalStateException"))
                    .noneMatch(line -> line.contains(Leaks.PROMPT));
        }
    }
}
