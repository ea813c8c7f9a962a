package dev.ebbgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.ledger.Entry;
import dev.ebbgate.core.limit.Phase;
import dev.ebbgate.gateway.config.ConfigLoader;
import dev.ebbgate.gateway.loop.InFlight;
import dev.ebbgate.sim.End;
import dev.ebbgate.sim.JournalEntry;
import dev.ebbgate.sim.Simulator;
import dev.ebbgate.sim.SimulatorOptions;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/// A gateway before a simulated provider, both in this process. Closing it shows that nothing
/// leaked: no place, no byte, no call to the provider.
final class GatewayFixture implements AutoCloseable {

    /// Limits short enough to wait for, long enough for a busy machine.
    static final String SHORT =
            """
            bounds: {stream-idle: [100ms, 1h]}
            timeouts: {connect: 2s, first-token: 600ms, stream-idle: 400ms, no-progress: 800ms}
            limits: {after-finish: 300ms}
            """;

    private static final String REST =
            """
            listen: {port: 0}
            keep-alive: off
            providers:
              openai: {dialect: openai, base-url: "SIM/v1", HARDY}
              claude: {dialect: anthropic, base-url: "SIM", HARDY}
              openai-kept: {dialect: openai, base-url: "SIM/v1", keep-alive: KEPT, HARDY}
              claude-kept: {dialect: anthropic, base-url: "SIM", keep-alive: KEPT, HARDY}
            """;

    /// A target that fails on purpose stays in use.
    static final String HARDY = "breaker: {failures: 1000000}";

    private static final String KEPT = "{after: 100ms, every: 100ms}";
    private static final int ROUNDS = 4;
    private static final long PATIENCE_SECONDS = 20;
    private static final Duration SETTLING = Duration.ofSeconds(5);

    private final Simulator simulator;
    private final Gateway gateway;
    private final Queue<Entry> entries;

    private GatewayFixture(Simulator simulator, Gateway gateway, Queue<Entry> entries) {
        this.simulator = simulator;
        this.gateway = gateway;
        this.entries = entries;
    }

    /// A gateway with these settings: whole lines at the top level, or further providers, indented.
    static GatewayFixture with(String settings) {
        return with(settings, "", SimulatorOptions.defaults());
    }

    /// The same with further providers, in which `TLS` is the simulator's address and `CA` its
    /// certificate.
    static GatewayFixture with(String settings, String providers, SimulatorOptions options) {
        Simulator simulator = Simulator.start(options);
        String yaml =
                (settings + REST + providers)
                        .replace("SIM", simulator.url())
                        .replace("KEPT", KEPT)
                        .replace("HARDY", HARDY)
                        .replace("TLS", simulator.tlsUrl().orElse(""))
                        .replace("CA", simulator.caFile().map(Object::toString).orElse(""));
        Queue<Entry> entries = new ConcurrentLinkedQueue<>();
        Gateway gateway = Gateway.start(config(yaml), entries::add);
        GatewayFixture fixture = new GatewayFixture(simulator, gateway, entries);
        fixture.warmUp();
        fixture.settled();
        entries.clear();
        simulator.journal().clear();
        return fixture;
    }

    /// Short limits would measure how fast classes are loaded.
    private void warmUp() {
        for (int round = 0; round < ROUNDS; round++) {
            for (Speech speech : Speech.values()) {
                call(speech.stream("burst"));
                call(speech.whole("burst"));
                call(speech.stream("error-first"));
                direct(speech.stream("burst"));
            }
        }
    }

    private static Config config(String yaml) {
        return switch (ConfigLoader.parse("test.yaml", yaml, Map.of())) {
            case ConfigLoader.Loaded(Config config, _) -> config;
            case ConfigLoader.Refused(var problems) -> throw new AssertionError(problems);
        };
    }

    int port() {
        return gateway.port();
    }

    Gateway gateway() {
        return gateway;
    }

    Simulator simulator() {
        return simulator;
    }

    /// What the ledger was told.
    Queue<Entry> entries() {
        return entries;
    }

    /// The exchange that waits for a place, as soon as one does.
    InFlight queued() {
        long until = System.nanoTime() + SETTLING.toNanos();
        while (System.nanoTime() - until < 0) {
            for (InFlight exchange : wait(gateway.underWay().toCompletableFuture())) {
                if (exchange.at().position().phase() == Phase.QUEUE) {
                    return exchange;
                }
            }
        }
        throw new AssertionError("nobody waits for a place");
    }

    RawClient client() {
        return new RawClient(port());
    }

    Reply call(Ask ask) {
        return RawClient.call(port(), ask);
    }

    /// What the simulator answers if nobody stands between.
    Reply direct(Ask ask) {
        return RawClient.call(simulator.port(), ask.direct());
    }

    /// Waits for an attempt of this script to reach the simulator.
    JournalEntry seen(String script) {
        return wait(simulator.journal().await(entry -> entry.received().model().contains(script)));
    }

    /// Waits for an attempt of this script to end.
    JournalEntry ended(String script) {
        return wait(simulator.journal().awaitEnded(e -> e.received().model().contains(script)));
    }

    static <T> T wait(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    JsonNode health() {
        try (RawClient client = client()) {
            client.send(
                    "GET /health HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            return client.read().json();
        }
    }

    /// Shows that all was given back, as soon as the last exchange has had time to end.
    void settled() {
        long until = System.nanoTime() + SETTLING.toNanos();
        while (!isSettled() && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(5_000_000);
        }
        assertThat(health().get("in_flight").asInt()).as("places taken").isZero();
        assertThat(health().get("buffered_bytes").asLong()).as("bytes held").isZero();
        assertThat(simulator.journal().entries())
                .as("calls to the provider")
                .noneMatch(entry -> entry.end() == End.OPEN);
    }

    private boolean isSettled() {
        JsonNode health = health();
        return health.get("in_flight").asInt() == 0
                && health.get("buffered_bytes").asLong() == 0
                && simulator.journal().open() == 0;
    }

    @Override
    public void close() {
        try {
            settled();
        } finally {
            gateway.close();
            simulator.close();
        }
    }
}
