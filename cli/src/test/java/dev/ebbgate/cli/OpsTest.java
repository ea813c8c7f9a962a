package dev.ebbgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.event.Event;
import dev.ebbgate.core.event.Event.Breaker;
import dev.ebbgate.core.ledger.Ledger;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.sim.Simulator;
import dev.ebbgate.sim.SimulatorOptions;

import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The dashboard and the alert rules against what a gateway really tells Prometheus.
class OpsTest {
    private static final Path OPS = Path.of("../ops");
    private static final Pattern NAME = Pattern.compile("\\b(?:ebbgate|gen_ai|process)_\\w+");
    private static final Pattern LABEL = Pattern.compile("[{,](\\w+)=\"");

    @TempDir private Path folder = Path.of("");

    private static Set<String> named(String file) throws IOException {
        Set<String> names = new TreeSet<>();
        NAME.matcher(Files.readString(OPS.resolve(file)))
                .results()
                .forEach(found -> names.add(found.group()));
        return names;
    }

    private LiveGateway open(Simulator simulator) throws IOException, CommandFailed {
        Files.writeString(
                folder.resolve("ebbgate.yaml"),
                """
                listen: {port: 0}
                admin: {port: 0}
                providers:
                  s: {dialect: openai, base-url: "%s/v1", api-key: k}
                routes:
                  fine: {targets: ["s/sim:burst"]}
                  hung: {targets: ["s/sim:hang-headers"], timeouts: {first-token: 400ms}}
                """
                        .formatted(simulator.url()));
        World world = new World(Map.of(), folder, LiveGateway::beside, _ -> {});
        ConfigOption.Chosen chosen = new ConfigOption().load(world);
        return (LiveGateway)
                LiveGateway.beside(
                        chosen,
                        Keeping.of(LedgerPlace.of(chosen, world), chosen.config(), Ledger.NONE));
    }

    private static void call(LiveGateway gateway, String model) throws Exception {
        JsonObject body = new JsonObject().put("model", model).put("stream", true);
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:"
                                                + gateway.port()
                                                + "/v1/chat/completions"))
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        body.put("messages", List.of()).encode()))
                        .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    /// Names of metrics and of labels, once everything has happened that has a metric.
    private Set<String> told() throws Exception {
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults());
                LiveGateway gateway = open(simulator)) {
            call(gateway, "fine");
            call(gateway, "hung");
            gateway.collected().metrics().tell(new Event.KeyRests("s", 1, true, Span.ofSeconds(5)));
            gateway.collected()
                    .metrics()
                    .tell(new Event.BreakerMoved("s/sim:burst", Breaker.OPEN, null));
            gateway.collected().metrics().tell(new Event.Lost("events", 1, "a test"));
            gateway.reload();
            Set<String> names = new TreeSet<>();
            gateway.collected()
                    .metrics()
                    .scrape()
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> {
                        names.add(line.split("[{ ]", 2)[0]);
                        LABEL.matcher(line).results().forEach(label -> names.add(label.group(1)));
                    });
            return names;
        }
    }

    @Test
    void everyMetricOfDashboardAndRules_isInAScrape() throws Exception {
        Set<String> told = told();

        assertThat(named("alerts.yaml")).hasSizeGreaterThan(8).isSubsetOf(told);
        assertThat(named("grafana-dashboard.json")).hasSizeGreaterThan(15).isSubsetOf(told);
    }

    @Test
    void dashboard_isJson_andNoTwoPanelsLieOnEachOther() throws Exception {
        JsonObject dashboard =
                new JsonObject(Files.readString(OPS.resolve("grafana-dashboard.json")));
        Set<String> taken = new TreeSet<>();

        for (Object each : dashboard.getJsonArray("panels")) {
            JsonObject place = ((JsonObject) each).getJsonObject("gridPos");
            for (int x = place.getInteger("x"); x < end(place, "x", "w"); x++) {
                for (int y = place.getInteger("y"); y < end(place, "y", "h"); y++) {
                    assertThat(taken.add(x + ":" + y)).as(place.encode()).isTrue();
                }
            }
            assertThat(end(place, "x", "w")).isLessThanOrEqualTo(24);
        }
    }

    private static int end(JsonObject place, String start, String length) {
        return place.getInteger(start) + place.getInteger(length);
    }
}
