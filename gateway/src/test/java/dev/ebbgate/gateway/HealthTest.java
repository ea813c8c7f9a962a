package dev.ebbgate.gateway;

import static dev.ebbgate.sim.SimulatorOptions.defaults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.ebbgate.gateway.loop.InFlight;
import dev.ebbgate.sim.JournalEntry;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Targets that are left alone for a while, keys that rest, and places that are taken.
class HealthTest {

    private static final String PROVIDERS =
            """
              frail: {dialect: openai, base-url: "SIM/v1", breaker: {failures: 2, cooldown: 30s}}
              keys: {dialect: openai, base-url: "SIM/v1", api-keys: [one-key, two-key]}
              narrow: {dialect: openai, base-url: "SIM/v1", max-in-flight: 1, queue: 400ms}
              single: {dialect: openai, base-url: "SIM/v1", api-key: one-key}
              busy: {dialect: openai, base-url: "SIM/v1", max-in-flight: 1, queue: 5m}
            """;

    private static final String ROUTES =
            """
            routes:
              spare: {targets: ["frail/sim:server-error", "openai/sim:burst"]}
              alone: {targets: ["frail/sim:status=500"]}
              refused: {targets: ["keys/sim:unauthorized", "openai/sim:burst"]}
              crowded: {targets: ["openai/sim:status=500", "narrow/sim:burst"]}
              limited: {targets: ["single/sim:status=429;retry-after=90", "single/sim:status=429;retry-after=91"]}
              waiting: {targets: ["openai/sim:status=500", "busy/sim:burst"]}
              even: {targets: [["openai/sim:stall;seed=1", "claude/x", "openai/sim:burst;seed=2"]]}
            """;

    private GatewayFixture fixture;

    @BeforeEach
    void start() {
        fixture = GatewayFixture.with(ROUTES, PROVIDERS, defaults());
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private static Ask ask(String model) {
        return new Ask(Speech.OPENAI, model, true, "");
    }

    private List<JournalEntry> asked(String script) {
        return fixture.simulator().journal().entries().stream()
                .filter(entry -> entry.received().model().contains(script))
                .toList();
    }

    @Test
    void targetThatFailsAgainAndAgain_isLeftAloneWhileAnotherAnswers() {
        for (int i = 0; i < 3; i++) {
            assertThat(fixture.call(ask("spare")).status()).isEqualTo(200);
        }

        Reply last = fixture.call(ask("spare"));

        assertThat(last.header("x-ebbgate-target")).isEqualTo("openai/sim:burst");
        assertThat(last.header("x-ebbgate-attempts")).isEqualTo("1");
        assertThat(asked("server-error")).hasSize(2);
    }

    @Test
    void onlyTargetThatCools_getsOneAttemptAtATimeAndTheRestIsToldWhenToComeBack() {
        fixture.call(ask("alone"));

        Reply tried = fixture.call(ask("alone"));

        assertThat(tried.status()).as("a last resort is tried").isEqualTo(500);
        assertThat(asked("status=500")).hasSize(3);
    }

    @Test
    void everyKeyIsTriedBeforeTheNextTarget() {
        Reply reply = fixture.call(ask("refused"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("x-ebbgate-attempts")).isEqualTo("3");
        assertThat(asked("unauthorized"))
                .extracting(entry -> entry.received().header("authorization"))
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    @Test
    void onlyOneOfThoseThatRest_isAsked_andItsClientMayAskAgain() {
        Reply both = fixture.call(ask("limited"));
        Reply one = fixture.call(ask("limited"));

        assertThat(both.status()).isEqualTo(429);
        assertThat(both.header("x-ebbgate-attempts")).isEqualTo("2");
        assertThat(both.header("x-should-retry")).isEqualTo("false");
        assertThat(one.status()).isEqualTo(429);
        assertThat(one.header("x-ebbgate-attempts")).isEqualTo("1");
        assertThat(one.header("x-should-retry")).isEmpty();
    }

    @Test
    void placeThatStaysTaken_isWaitedForAsLongAsTheQueueMayLast() {
        try (RawClient first = fixture.client()) {
            first.send(ask("narrow/sim:stall"));
            fixture.seen("stall");

            Reply second = fixture.call(ask("narrow/sim:burst"));

            JsonNode own = second.json().get("error").get("ebbgate");
            assertThat(second.status()).isEqualTo(503);
            assertThat(own.get("phase").asText()).isEqualTo("queue");
            assertThat(own.get("limit").asText()).isEqualTo("queue");
            assertThat(own.get("value").asText()).isEqualTo("400ms");
            assertThat(own.get("source").asText()).isEqualTo("providers.narrow.queue");
            assertThat(own.get("attempt").asInt()).isEqualTo(1);
            assertThat(own.get("elapsed_ms").asInt()).isGreaterThanOrEqualTo(400);
        }
    }

    @Test
    @DisplayName("S6 a target whose queue ran out is told of, with its own limit")
    void placeThatStaysTakenAtTheNextTarget_isToldOf() {
        try (RawClient first = fixture.client()) {
            first.send(ask("narrow/sim:stall"));
            fixture.seen("stall");

            Reply second = fixture.call(ask("crowded"));

            JsonNode own = second.json().get("error").get("ebbgate");
            assertThat(second.status()).isEqualTo(504);
            assertThat(own.get("target").asText()).isEqualTo("narrow/sim:burst");
            assertThat(own.get("limit").asText()).isEqualTo("queue");
            assertThat(own.get("elapsed_ms").asInt()).isBetween(400, 2_000);
            JsonNode last = own.get("attempts").get(own.get("attempts").size() - 1);
            assertThat(last.get("phase").asText()).isEqualTo("queue");
            assertThat(last.get("cause").asText()).isEqualTo("queue");
            assertThat(last.get("elapsed_ms").asInt()).isGreaterThanOrEqualTo(400);
        }
    }

    @Test
    @DisplayName("O1 who waits for a place is shown at the target that has none")
    void placeThatIsWaitedForAtTheNextTarget_isShownThere() {
        try (RawClient first = fixture.client();
                RawClient second = fixture.client()) {
            first.send(ask("narrow/sim:stall"));
            fixture.seen("stall");
            second.send(ask("crowded"));

            InFlight.At at = fixture.queued().at();

            assertThat(at.target()).isEqualTo("narrow/sim:burst");
            assertThat(at.position().target()).isEqualTo(1);
            assertThat(at.position().attempt()).isEqualTo(asked("status=500").size() + 1);
            assertThat(second.read().status()).isEqualTo(504);
        }
    }

    @Test
    @DisplayName("O8 who is cancelled while waiting is told of that, not of what failed before")
    void cancelWhileWaitingAtTheNextTarget_isToldOf() {
        try (RawClient first = fixture.client();
                RawClient second = fixture.client()) {
            first.send(ask("busy/sim:stall"));
            fixture.seen("stall");
            second.send(ask("waiting"));

            String exchange = fixture.queued().exchange();
            GatewayFixture.wait(fixture.gateway().cancel(exchange).toCompletableFuture());

            JsonNode error = second.read().json().get("error");
            int made = asked("status=500").size();
            assertThat(error.get("message").asText()).contains("cancelled (operator)");
            assertThat(error.get("code").asText()).isEqualTo("cancelled");
            JsonNode own = error.get("ebbgate");
            assertThat(own.get("phase").asText()).isEqualTo("queue");
            assertThat(own.get("target").asText()).isEqualTo("busy/sim:burst");
            assertThat(own.get("attempt").asInt()).isEqualTo(made + 1);
            assertThat(own.get("attempts")).hasSize(made);
        }
    }

    @Test
    @DisplayName("a place that is given back goes to the one that waits")
    void placeThatIsGivenBack_isTaken() {
        try (RawClient first = fixture.client()) {
            first.send(ask("narrow/sim:tokens=20;rate=100"));
            fixture.seen("rate=100");

            Reply second =
                    GatewayFixture.wait(
                            CompletableFuture.supplyAsync(
                                    () -> fixture.call(ask("narrow/sim:burst"))));

            assertThat(second.status()).isEqualTo(200);
            assertThat(asked("rate=100").getFirst().end()).isEqualTo(dev.ebbgate.sim.End.COMPLETED);
        }
    }

    @Test
    void equalTargets_shareTheLoad() {
        try (RawClient first = fixture.client()) {
            first.send(ask("even"));
            fixture.seen("seed=1");

            Reply second = fixture.call(ask("even"));

            assertThat(second.header("x-ebbgate-target")).isEqualTo("openai/sim:burst;seed=2");
        }
    }
}
