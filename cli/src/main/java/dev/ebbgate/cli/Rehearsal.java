package dev.ebbgate.cli;

import dev.ebbgate.cli.http.BoundedClient;
import dev.ebbgate.cli.run.FreePorts;
import dev.ebbgate.core.ledger.Ledger;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.gateway.config.ConfigLoader;
import dev.ebbgate.gateway.config.Discovery;
import dev.ebbgate.ledger.store.Database;
import dev.ebbgate.sim.Simulator;
import dev.ebbgate.sim.SimulatorOptions;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A gateway as `serve` opens it, which does a little of everything with nobody watching: what a
/// first start, its first requests and its first operators need has then been loaded once.
final class Rehearsal {

    private static final Span PATIENCE = Span.ofSeconds(20);

    private static final List<String> REQUESTS =
            List.of(
                    "/v1/chat/completions {\"model\":\"plain/m\",\"stream\":true,\"messages\":[]}",
                    "/v1/chat/completions {\"model\":\"plain/m\",\"messages\":[]}",
                    "/v1/chat/completions {\"model\":\"broken/m\",\"stream\":true,\"messages\":[]}",
                    "/v1/chat/completions {\"model\":\"down/m\",\"messages\":[]}",
                    "/v1/chat/completions {\"model\":\"tls\",\"stream\":true,\"messages\":[]}",
                    "/v1/chat/completions {\"model\":\"late\",\"stream\":true,\"messages\":[]}",
                    "/v1/messages {\"model\":\"claude/m\",\"stream\":true,\"messages\":[]}",
                    "/v1/messages {\"model\":\"claude/m\",\"messages\":[]}",
                    "/v1/chat/completions {\"model\":\"unknown\"}",
                    "/v1/chat/completions no json",
                    "/v1/models",
                    "/health",
                    "/ready");

    private static final List<String> OPERATORS =
            List.of("/metrics", "/routes", "/in-flight", "/audit?since=1m");

    private Rehearsal() {}

    /// Plays it, in a few seconds at most.
    ///
    /// @throws IOException if a request gets no answer at all
    static void play() throws Exception {
        Path folder = Files.createTempDirectory("ebbgate-warm-up");
        try (Simulator simulator =
                Simulator.start(SimulatorOptions.defaults().withTlsPort(0).withSpeed(50))) {
            Files.writeString(folder.resolve(ConfigOption.FILE), config(simulator));
            play(new World(Map.of(), folder, LiveGateway::beside, _ -> {}));
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static void play(World world) throws Exception {
        Discovery discovery = Discovery.fromEnvironment(Map.of("OPENAI_API_KEY", "none"));
        ConfigLoader.parse("environment", discovery.yaml(), Map.of("OPENAI_API_KEY", "none"));
        ConfigOption.Chosen chosen = new ConfigOption().load(world).adapted(FreePorts::of);
        Database database = LedgerPlace.of(chosen, world);
        try (Keeping ledger = Keeping.of(database, chosen.config(), Ledger.NONE);
                Running gateway = world.gate().open(chosen, ledger)) {
            Greeting.lines(chosen.config(), gateway.port());
            askAll("http://127.0.0.1:" + gateway.port(), REQUESTS);
            askAll(adminOf(gateway), OPERATORS);
            gateway.drain().toCompletableFuture().join();
        }
    }

    private static String adminOf(Running gateway) {
        return gateway.remarks().stream()
                .filter(remark -> remark.startsWith(AdminDoor.OPEN))
                .map(remark -> remark.substring(AdminDoor.OPEN.length()))
                .findFirst()
                .orElseThrow();
    }

    private static String config(Simulator simulator) {
        return """
        version: 1
        keep-alive: {after: 50ms, every: 50ms}
        providers:
          plain:  {dialect: openai, base-url: "%1$s/v1"}
          broken: {dialect: openai, base-url: "%1$s/v1", headers: {x-sim: eof}}
          down:   {dialect: openai, base-url: "%1$s/v1", headers: {x-sim: overloaded}}
          secure: {dialect: openai, base-url: "%2$s/v1", ca-file: "%3$s"}
          slow:   {dialect: openai, base-url: "%1$s/v1", headers: {x-sim: hang-preamble}}
          claude: {dialect: anthropic, base-url: "%1$s", api-key: "${KEY:-none}"}
        routes:
          tls:  {targets: [secure/m]}
          late: {targets: [slow/m], timeouts: {first-token: 200ms}}
        """
                .formatted(
                        simulator.url(),
                        simulator.tlsUrl().orElseThrow(),
                        simulator.caFile().map(Path::toString).orElseThrow());
    }

    private static void askAll(String url, List<String> requests)
            throws IOException, InterruptedException {
        try (BoundedClient client = new BoundedClient(HttpClient.newBuilder())) {
            for (String line : requests) {
                String[] parts = line.split(" ", 2);
                HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + parts[0]));
                if (parts.length == 2) {
                    request.POST(BodyPublishers.ofString(parts[1]));
                }
                client.send(request.build(), BodyHandlers.ofByteArray(), PATIENCE);
            }
        }
    }
}
