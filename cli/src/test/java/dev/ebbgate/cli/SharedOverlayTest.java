package dev.ebbgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.ledger.Ledger;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.sim.Simulator;
import dev.ebbgate.sim.SimulatorOptions;

import io.vertx.core.json.JsonObject;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Two gateways whose ledger is one PostgreSQL: what an operator changes at one of them holds at
/// both.
class SharedOverlayTest {
    private static final String LIMIT = "admin routes.coder.timeouts.stream-idle";

    /// Within so long every replica follows.
    private static final long FOLLOWS_MILLIS = 5_000;

    /// Two seconds are what it takes; the rest is for a busy machine, on which one change of
    /// several may be late, but not each of them.
    private static final long PATIENCE_MILLIS = 30_000;

    @TempDir private Path folder = Path.of("");

    /// A gateway in a folder of its own, and its admin API.
    private static final class Replica implements AutoCloseable {
        private final Running gateway;
        private final AdminClient admin;

        Replica(Path folder, String yaml) throws IOException, CommandFailed {
            Files.writeString(Files.createDirectories(folder).resolve("ebbgate.yaml"), yaml);
            World world = new World(Map.of(), folder, LiveGateway::beside, _ -> {});
            ConfigOption.Chosen chosen = new ConfigOption().load(world);
            Keeping ledger =
                    Keeping.of(LedgerPlace.of(chosen, world), chosen.config(), Ledger.NONE);
            gateway = LiveGateway.beside(chosen, ledger);
            String told = gateway.remarks().getFirst();
            admin =
                    new AdminClient(
                            told.substring(told.lastIndexOf(' ') + 1), "", Span.ofSeconds(90));
        }

        AdminClient.Answer coder() throws CommandFailed {
            return admin.get("/routes/coder");
        }

        AdminClient.Answer patch(String limit) throws CommandFailed {
            return admin.ask("PATCH", "/routes/coder", limits(limit));
        }

        /// How long it took, in milliseconds.
        long awaitLimit(String limit) throws CommandFailed, InterruptedException {
            long start = System.nanoTime();
            long millis = 0;
            while (!isInForce(limit)) {
                assertThat(millis).as("it never followed").isLessThan(PATIENCE_MILLIS);
                Thread.sleep(50);
                millis = (System.nanoTime() - start) / 1_000_000;
            }
            return millis;
        }

        private boolean isInForce(String limit) throws CommandFailed {
            String shown = coder().body().encode();
            return shown.contains(LIMIT) && shown.contains("\"" + limit + "\"");
        }

        @Override
        public void close() {
            admin.close();
            gateway.close();
        }
    }

    private static JsonObject limits(String streamIdle) {
        return new JsonObject().put("timeouts", new JsonObject().put("stream-idle", streamIdle));
    }

    private static String yaml(Simulator simulator, EmbeddedPostgres postgres) {
        String url = postgres.getJdbcUrl("postgres", "postgres").replaceFirst("\\?.*", "");
        return """
        listen: {port: 0}
        admin: {port: 0}
        ledger: {url: "%s", user: postgres}
        providers:
          sim: {dialect: openai, base-url: "%s/v1", api-key: a-key}
        routes:
          coder: {targets: ["sim/sim:burst"], timeouts: {stream-idle: 5m}}
        """
                .formatted(url, simulator.url());
    }

    @Test
    void changeAtOne_isFollowedByTheOther_andALostRaceIsTold() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                Simulator simulator = Simulator.start(SimulatorOptions.defaults());
                Replica one = new Replica(folder.resolve("one"), yaml(simulator, postgres));
                Replica other = new Replica(folder.resolve("other"), yaml(simulator, postgres))) {
            String seen = String.valueOf(other.coder().tag());

            one.patch("301s");
            AdminClient.Answer lost = put(other, seen);
            long there = other.awaitLimit("301s");
            other.patch("302s");
            long back = one.awaitLimit("302s");

            assertThat(Math.min(there, back)).isLessThan(FOLLOWS_MILLIS);
            assertThat(lost.status()).isEqualTo(412);
            assertThat(folder.resolve("one/.ebbgate/overlay.yaml")).doesNotExist();
            try (Replica late = new Replica(folder.resolve("late"), yaml(simulator, postgres))) {
                assertThat(late.isInForce("302s")).as("who starts later begins with it").isTrue();
            }
        }
    }

    @Test
    void changesAtTheSameTime_allGoThrough() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                Simulator simulator = Simulator.start(SimulatorOptions.defaults());
                Replica one = new Replica(folder.resolve("one"), yaml(simulator, postgres));
                Replica other = new Replica(folder.resolve("other"), yaml(simulator, postgres));
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Integer>> asked = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                Replica replica = i % 2 == 0 ? one : other;
                String limit = (300 + i) + "s";
                asked.add(threads.submit(() -> replica.patch(limit).status()));
            }

            for (Future<Integer> each : asked) {
                assertThat(each.get()).isEqualTo(200);
            }
        }
    }

    private static AdminClient.Answer put(Replica replica, String seen) throws CommandFailed {
        JsonObject route = limits("1m").put("targets", List.of("sim/sim:burst"));
        return replica.admin.send("PUT", "/routes/coder", route, "if-match", seen);
    }
}
