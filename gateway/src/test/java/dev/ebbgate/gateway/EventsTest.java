package dev.ebbgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.upkeep.EventSettings;
import dev.ebbgate.gateway.config.ConfigLoader;
import dev.ebbgate.gateway.events.EventSinks;
import dev.ebbgate.gateway.events.Watch;
import dev.ebbgate.sim.Simulator;
import dev.ebbgate.sim.SimulatorOptions;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a real gateway tells of its events, from the stream that breaks to the JSON line.
class EventsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CANARY = "c4nary";
    private static final String SETTINGS =
            """
            listen: {port: 0}
            bounds: {stream-idle: [100ms, 1h]}
            timeouts: {first-token: 30s, stream-idle: 400ms}
            failover: {retries: 0}
            providers:
              openai: {dialect: openai, base-url: "SIM/v1", api-keys: [c4nary-key-1, c4nary-key-2]}
              dead: {dialect: openai, base-url: "http://127.0.0.1:9/v1", breaker: {failures: 1}}
            routes:
              coder: {targets: [openai/sim:stall], timeouts: {stream-idle: 300ms}}
              moved: {targets: [dead/m, openai/sim:burst]}
            """;

    private final Simulator simulator = Simulator.start(SimulatorOptions.defaults());
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final EventSinks sinks =
            EventSinks.open(new EventSettings(true, null, null), "1", new WholeWrites(out));
    private final Config config = config(SETTINGS.replace("SIM", simulator.url()));
    private final Watch watch = new Watch(config, sinks);
    private final Gateway gateway = Gateway.start(config, watch, sinks);

    @AfterEach
    void close() {
        gateway.close();
        watch.close();
        sinks.close();
        simulator.close();
    }

    @Test
    @DisplayName("O5 a stream cut by its idle limit: an event with the limit, its value and source")
    void aTruncatedStream_isTold() throws Exception {
        call("coder");

        JsonNode event = events().getFirst();

        assertThat(event.get("class_uid").asInt()).isEqualTo(4001);
        assertThat(event.get("metadata").get("event_code").asText()).isEqualTo("stream-truncated");
        JsonNode own = event.get("unmapped");
        assertThat(own.get("limit").asText()).isEqualTo("stream-idle");
        assertThat(own.get("value").asText()).isEqualTo("300ms");
        assertThat(own.get("source").asText()).isEqualTo("routes.coder.timeouts.stream-idle");
        assertThat(own.get("route").asText()).isEqualTo("coder");
        assertThat(own.get("target").asText()).isEqualTo("openai/sim:stall");
    }

    @Test
    @DisplayName("C2 a target that is down: its breaker and the change of target are told")
    void aFailover_isToldAndTheBreakerThatFollows() throws Exception {
        call("moved");

        assertThat(events().stream().map(e -> e.get("metadata").get("event_code").asText()))
                .containsExactlyInAnyOrder("breaker-open", "failed-over");
    }

    @Test
    void promptsKeysAndAnswers_areInNoEvent() throws Exception {
        for (String model : List.of("coder", "moved", "coder")) {
            call(model);
        }

        assertThat(events()).isNotEmpty();
        assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain(CANARY);
    }

    /// All events, once what is under way has been looked at.
    private List<JsonNode> events() throws Exception {
        gateway.close();
        watch.close();
        sinks.close();
        List<JsonNode> events = new ArrayList<>();
        for (String line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
            events.add(JSON.readTree(line));
        }
        return events;
    }

    private void call(String model) {
        String body =
                """
                {"model": "%s", "stream": true, "messages": [{"role": "user", "content": "c4nary"}]}
                """
                        .formatted(model);
        String request =
                """
                POST /v1/chat/completions HTTP/1.1
                host: 127.0.0.1
                authorization: Bearer c4nary-client
                content-length: %d

                """
                        .formatted(body.length())
                        .replace("\n", "\r\n");
        try (RawClient client = new RawClient(gateway.port())) {
            client.send((request + body).getBytes(StandardCharsets.US_ASCII));
            client.read();
        }
    }

    private static Config config(String yaml) {
        return switch (ConfigLoader.parse("test.yaml", yaml, Map.of())) {
            case ConfigLoader.Loaded(Config config, _) -> config;
            case ConfigLoader.Refused(var problems) -> throw new AssertionError(problems);
        };
    }
}
