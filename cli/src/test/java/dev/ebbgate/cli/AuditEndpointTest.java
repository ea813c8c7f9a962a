package dev.ebbgate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebbgate.core.ledger.Ledger;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.sim.Simulator;
import dev.ebbgate.sim.SimulatorOptions;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/// The ledger asked through the admin API, against the command.
class AuditEndpointTest {
    private static final String ROW = "/components/schemas/Audit/properties/rows/items/properties";
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    @TempDir private Path folder = Path.of("");

    private void write(Simulator simulator, int adminPort, String more) throws IOException {
        Files.writeString(
                folder.resolve("ebbgate.yaml"),
                """
                listen: {port: 0}
                admin: {port: %d}
                providers:
                  s: {dialect: openai, base-url: "%s/v1", api-key: k}
                routes:
                  fine: {targets: ["s/sim:burst"]}
                %s
                """
                        .formatted(adminPort, simulator.url(), more));
    }

    private World world() {
        return new World(Map.of(), folder, LiveGateway::beside, _ -> {});
    }

    private Running open() throws CommandFailed {
        ConfigOption.Chosen chosen = new ConfigOption().load(world());
        return LiveGateway.beside(
                chosen, Keeping.of(LedgerPlace.of(chosen, world()), chosen.config(), Ledger.NONE));
    }

    private static AdminClient admin(Running gateway) {
        String told = gateway.remarks().getFirst();
        return new AdminClient(told.substring(told.lastIndexOf(' ') + 1), "", Span.ofSeconds(90));
    }

    private static void call(Running gateway) throws Exception {
        URI url = URI.create("http://127.0.0.1:" + gateway.port() + "/v1/chat/completions");
        String body = "{\"model\": \"fine\", \"stream\": true, \"messages\": []}";
        HttpRequest request =
                HttpRequest.newBuilder(url).POST(HttpRequest.BodyPublishers.ofString(body)).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    private static JsonArray rows(AdminClient admin) throws Exception {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            AdminClient.Answer answer =
                    admin.send("GET", "/audit?by=route&since=1h&cliff=600s", null);
            JsonArray rows = answer.body().getJsonArray("rows", new JsonArray());
            if (answer.status() == 200 && !rows.isEmpty()) {
                assertThat(answer.body().getDouble("cliff_s")).isEqualTo(600);
                return rows;
            }
            assertThat(System.nanoTime() - end).as("it is never told").isNegative();
            Thread.sleep(50);
        }
    }

    @Test
    void audit_tellsWhatTheCommandTells_andRefusesWhatItDoesNotKnow() throws Exception {
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
            write(simulator, 0, "");
            try (Running gateway = open();
                    AdminClient admin = admin(gateway)) {
                call(gateway);

                JsonArray told = rows(admin);

                Run command =
                        Run.in(
                                folder,
                                Map.of(),
                                "audit",
                                "--json",
                                "--by=route",
                                "--since=1h",
                                "--cliff=600s");
                assertThat(told).isEqualTo(new JsonObject(command.out()).getJsonArray("rows"));
                assertThat(told.getJsonObject(0).getString("model")).isEqualTo("fine");
                assertThatThrownBy(() -> admin.get("/audit?by=day"))
                        .hasMessageContaining("by knows no \"day\"");
                assertThatThrownBy(() -> admin.get("/audit?until=2020-01-01T00:00:00Z"))
                        .hasMessageContaining("since lies behind until");
                assertThatThrownBy(() -> admin.get("/audit?clif=1m"))
                        .hasMessageContaining("there are only since");
            }
        }
    }

    @Test
    void row_hasTheKeysThatAreDescribed() throws Exception {
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
            write(simulator, 0, "");
            try (Running gateway = open();
                    AdminClient admin = admin(gateway)) {
                call(gateway);

                JsonObject row = rows(admin).getJsonObject(0);

                JsonPointer keys = JsonPointer.from(ROW);
                Object described = keys.queryJson(admin.get("/openapi.json").body());
                assertThat(row.fieldNames())
                        .isEqualTo(
                                described instanceof JsonObject all ? all.fieldNames() : Set.of());
            }
        }
    }

    @Test
    void ledgerThatIsOff_isTold() throws Exception {
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
            write(simulator, 0, "ledger: off");
            try (Running gateway = open();
                    AdminClient admin = admin(gateway)) {

                assertThatThrownBy(() -> admin.get("/audit")).hasMessageContaining("ledger: off");
            }
        }
    }

    @Test
    @Timeout(120)
    void adminPortInUse_isToldInOneLine_andEndsWithOne() throws Exception {
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults());
                ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            write(simulator, taken.getLocalPort(), "");

            Run run = Run.in(world(), "serve");

            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err().strip().lines())
                    .singleElement()
                    .asString()
                    .contains("the admin API cannot listen on 127.0.0.1:" + taken.getLocalPort());
        }
    }
}
