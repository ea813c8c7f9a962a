package dev.ebbgate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.upkeep.LedgerSettings.Retention;
import dev.ebbgate.gateway.Gateway;
import dev.ebbgate.gateway.config.ConfigLoader;
import dev.ebbgate.ledger.store.Database;
import dev.ebbgate.ledger.store.LedgerReader;
import dev.ebbgate.ledger.store.StoredLedger;
import dev.ebbgate.sim.Simulator;
import dev.ebbgate.sim.SimulatorOptions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/// Streams that are under way while the disk of the ledger is full.
class FullStoreTest {

    private static final long PATIENCE_NANOS = 60_000_000_000L;
    private static final int STREAMS = 20;
    private static final String BODY =
            """
            {"model": "s/sim:tokens=20;rate=20", "stream": true, "messages": []}\
            """;

    @TempDir private Path folder = Path.of("");
    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void streamsUnderWay_goOnWhileTheStoreIsFull_andAreRecordedOnceItHasRoom() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(command("mount", "-t", "tmpfs", "-o", "size=1m", "ledger", disk.toString()));
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
            Database database = Database.file(disk.resolve("ledger.db"));
            try (StoredLedger ledger = new StoredLedger(database, Retention.DEFAULT);
                    Gateway gateway = Gateway.start(config(simulator.url()), ledger)) {
                assertThat(ask(gateway).join()).contains("[DONE]");
                await(() -> kept(database) == 1);
                var streams = IntStream.range(0, STREAMS).mapToObj(_ -> ask(gateway)).toList();
                await(() -> gateway.inFlight() == STREAMS);
                fill(disk.resolve("ballast"));

                assertThat(streams).allMatch(stream -> stream.join().contains("[DONE]"));
                await(ledger::isFailing);
                assertThat(ask(gateway).join()).contains("[DONE]");

                Files.delete(disk.resolve("ballast"));
                await(() -> kept(database) == STREAMS + 2);
            }
        } finally {
            assertThat(command("umount", disk.toString())).isTrue();
            client.close();
        }
    }

    private CompletableFuture<String> ask(Gateway gateway) {
        URI url = URI.create("http://127.0.0.1:" + gateway.port() + "/v1/chat/completions");
        HttpRequest request =
                HttpRequest.newBuilder(url).POST(HttpRequest.BodyPublishers.ofString(BODY)).build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .thenApply(HttpResponse::body);
    }

    private static void fill(Path ballast) {
        try (OutputStream out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(new byte[4_096]);
            }
        } catch (IOException _) {
            // nothing fits any more
        }
    }

    private static long kept(Database database) {
        AtomicLong count = new AtomicLong();
        try (LedgerReader reader = LedgerReader.open(database)) {
            reader.entries(0, Long.MAX_VALUE / 2, _ -> count.incrementAndGet());
        } catch (SQLException _) {
            return -1; // it is not there yet
        }
        return count.get();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - start).as("it comes").isLessThan(PATIENCE_NANOS);
            Thread.sleep(20);
        }
    }

    private static boolean command(String... words) throws InterruptedException {
        try {
            return new ProcessBuilder(words).redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException _) {
            return false; // there is no such command
        }
    }

    private static Config config(String url) {
        String yaml =
                """
                listen: {port: 0}
                providers: {s: {dialect: openai, base-url: "%s/v1"}}
                """
                        .formatted(url);
        return switch (ConfigLoader.parse("test.yaml", yaml, Map.of())) {
            case ConfigLoader.Loaded(Config config, _) -> config;
            case ConfigLoader.Refused(var problems) -> throw new AssertionError(problems);
        };
    }
}
