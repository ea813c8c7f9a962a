package dev.ebbgate.cli.demo;

import dev.ebbgate.cli.http.BoundedClient;
import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.ledger.Ledgers;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.upkeep.LedgerSettings.Retention;
import dev.ebbgate.gateway.Gateway;
import dev.ebbgate.gateway.JsonLines;
import dev.ebbgate.gateway.config.ConfigLoader;
import dev.ebbgate.gateway.config.Discovery;
import dev.ebbgate.ledger.store.Database;
import dev.ebbgate.ledger.store.StoredLedger;
import dev.ebbgate.sim.Simulator;
import dev.ebbgate.sim.SimulatorOptions;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A gateway that does a little of everything, with nobody watching: what a first start and its
/// first requests need has then been loaded once.
public final class Rehearsal {

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

    private Rehearsal() {}

    /// Plays it, in a few seconds at most.
    ///
    /// @throws IOException if a request gets no answer at all
    public static void play() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("ebbgate-warm-up");
        try {
            play(folder.resolve("ledger.db"));
        } finally {
            Files.deleteIfExists(folder.resolve("ledger.db"));
            Files.deleteIfExists(folder);
        }
    }

    private static void play(Path file) throws IOException, InterruptedException {
        try (Simulator simulator =
                        Simulator.start(SimulatorOptions.defaults().withTlsPort(0).withSpeed(50));
                JsonLines lines = new JsonLines(OutputStream.nullOutputStream());
                StoredLedger ledger = new StoredLedger(Database.file(file), Retention.DEFAULT);
                Gateway gateway = Gateway.start(config(simulator), Ledgers.of(lines, ledger))) {
            askAll("http://127.0.0.1:" + gateway.port());
            gateway.drain().toCompletableFuture().join();
        }
    }

    private static Config config(Simulator simulator) {
        Discovery discovery = Discovery.fromEnvironment(Map.of("OPENAI_API_KEY", "none"));
        ConfigLoader.parse("environment", discovery.yaml(), Map.of("OPENAI_API_KEY", "none"));
        String yaml =
                """
                version: 1
                listen: {port: 0}
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
        return switch (ConfigLoader.parse("rehearsal", yaml, Map.of())) {
            case ConfigLoader.Loaded(Config config, var _) -> config;
            case ConfigLoader.Refused(var problems) ->
                    throw new IllegalStateException("the rehearsal's configuration: " + problems);
        };
    }

    private static void askAll(String url) throws IOException, InterruptedException {
        try (BoundedClient client = new BoundedClient(HttpClient.newBuilder())) {
            for (String line : REQUESTS) {
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
