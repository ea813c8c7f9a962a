package dev.ebbgate.gateway.site;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.ledger.Entry;
import dev.ebbgate.gateway.Gateway;
import dev.ebbgate.gateway.JsonLines;
import dev.ebbgate.gateway.config.ConfigLoader;
import dev.ebbgate.gateway.config.Problem;
import dev.ebbgate.sim.JournalEntry;
import dev.ebbgate.sim.Simulator;
import dev.ebbgate.sim.SimulatorOptions;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/// A gateway in front of a simulated provider, whose address is `${SIM}` in the configuration. When
/// it closes, nothing of what was said by anybody may hold a key or a prompt.
public final class Site implements AutoCloseable {

    /// The two providers that most tests need.
    public static final String PROVIDERS =
            """
            providers:
              sim: {dialect: openai, base-url: "${SIM}/v1", breaker: {failures: 1000000}}
              claude: {dialect: anthropic, base-url: "${SIM}", breaker: {failures: 1000000}}
            """;

    private static final String LISTEN =
            "version: 1\nlisten: {host: 127.0.0.1, port: 0}\nadmin: off\n";

    private static final long PATIENCE_NANOS = Duration.ofSeconds(10).toNanos();

    private final Simulator simulator;
    private final Gateway gateway;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final JsonLines lines = new JsonLines(written);
    private final List<Entry> entries = new CopyOnWriteArrayList<>();

    private final Map<String, String> known;

    private Site(String yaml, Map<String, String> environment) {
        Leaks.begin();
        simulator = Simulator.start(SimulatorOptions.defaults());
        known = new HashMap<>(environment);
        known.put("SIM", simulator.url());
        gateway =
                Gateway.start(
                        config(yaml, known),
                        entry -> {
                            entries.add(entry);
                            lines.record(entry);
                        });
    }

    /// Opens a site on any free port.
    public static Site open(String yaml) {
        return open(yaml, Map.of());
    }

    public static Site open(String yaml, Map<String, String> environment) {
        return new Site(LISTEN + yaml, environment);
    }

    /// Puts another configuration in force, which is so when this returns.
    public void apply(String yaml) {
        Config next = config(LISTEN + yaml, known);
        gateway.apply(next).toCompletableFuture().join();
    }

    private static Config config(String yaml, Map<String, String> environment) {
        return switch (ConfigLoader.parse("site.yaml", yaml, environment)) {
            case ConfigLoader.Loaded(Config config, _) -> config;
            case ConfigLoader.Refused(List<Problem> problems) ->
                    throw new AssertionError(problems.toString());
        };
    }

    public int port() {
        return gateway.port();
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    public Gateway gateway() {
        return gateway;
    }

    /// Forgets what the provider has seen.
    public void forget() {
        simulator.journal().clear();
    }

    /// What the provider has seen.
    public List<JournalEntry> journal() {
        return simulator.journal().entries();
    }

    /// Waits until the provider has seen the end of a call.
    public JournalEntry ended() {
        return simulator
                .journal()
                .awaitEnded(_ -> true)
                .orTimeout(PATIENCE_NANOS, TimeUnit.NANOSECONDS)
                .join();
    }

    public List<Entry> entries() {
        return entries;
    }

    /// Sends one POST on a connection of its own.
    public RawAnswer post(String path, String body, String... headers) {
        return exchange(RawClient.post(path, body, headers));
    }

    /// Sends one GET on a connection of its own.
    public RawAnswer get(String path, String... headers) {
        return exchange(RawClient.head("GET", path, headers) + "\r\n");
    }

    /// Sends one request on a connection of its own.
    public RawAnswer exchange(String request) {
        try (RawClient client = client()) {
            return client.send(request).answer();
        }
    }

    public RawClient client() {
        return new RawClient(port());
    }

    /// Waits until nothing is under way and nothing is held, as `/health` tells; fails if that does
    /// not come to pass.
    public void settle() {
        long start = System.nanoTime();
        JsonNode health = get("/health").json();
        while (!isIdle(health) && System.nanoTime() - start < PATIENCE_NANOS) {
            health = get("/health").json();
        }
        assertThat(isIdle(health)).as("idle: " + health).isTrue();
    }

    private static boolean isIdle(JsonNode health) {
        return health.path("in_flight").asLong(-1) == 0
                && health.path("buffered_bytes").asLong(-1) == 0;
    }

    /// Stops the gateway and returns the JSON lines that it wrote.
    public String stop() {
        gateway.close();
        lines.close();
        return written.toString(UTF_8);
    }

    @Override
    public void close() {
        String all = stop();
        simulator.close();
        Leaks.check("the JSON lines", all);
        Leaks.checkLogs();
        assertThat(all.lines()).hasSameSizeAs(entries);
    }
}
