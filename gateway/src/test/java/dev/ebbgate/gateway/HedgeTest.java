package dev.ebbgate.gateway;

import static dev.ebbgate.sim.SimulatorOptions.defaults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.exchange.CancelReason;
import dev.ebbgate.core.exchange.Outcome;
import dev.ebbgate.core.ledger.Entry;
import dev.ebbgate.gateway.Reply.End;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/// `hedge`: a slow target is overtaken by the next one, which starts beside it.
@Order(5)
class HedgeTest {

    /// Hedges at one target within ten seconds stay within its retry budget.
    private static final int ROUNDS = 4;

    private static final double MEDIAN_MILLIS = 50;
    private static final double WORST_MILLIS = 250;
    private static final String GOOD = "sim:burst;seed=7";
    private static final String HELD = "sim:burst;seed=8";
    private static final String LATE = "prefill=500ms;rate=burst;lead=preamble;seed=";
    private static final String SLOWER = "sim:prefill=1h;lead=preamble";

    private static final Outcome SUPERSEDED = new Outcome.Cancelled(CancelReason.SUPERSEDED);

    private static GatewayFixture fixture;

    @BeforeAll
    static void start() {
        StringBuilder routes = new StringBuilder("routes:\n");
        for (int i = 0; i < ROUNDS; i++) {
            route(routes, "hang-preamble;seed=" + i, GOOD, "");
            route(routes, "hang-accept;seed=" + i, GOOD, "");
            route(routes, LATE + i, SLOWER, "");
        }
        route(routes, "hang-preamble;seed=99", HELD, ", mid-stream: hold");
        route(routes, "hang-headers;seed=99", "sim:hang-preamble;seed=99", "");
        fixture =
                GatewayFixture.with(
                        GatewayFixture.SHORT.replace("600ms", "30s") + routes, "", defaults());
    }

    private static void route(StringBuilder routes, String first, String second, String more) {
        routes.append(
                """
                  "%s":
                    targets: ["openai/sim:%s", "claude/sim:%s", "openai/%s", "claude/%s"]
                    failover: {hedge: {after: 150ms}%s}
                """
                        .formatted(first, first, first, second, second, more));
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @ParameterizedTest
    @CsvSource({
        "OPENAI, hang-preamble, true",
        "OPENAI, hang-accept, false",
        "ANTHROPIC, hang-preamble, true",
        "ANTHROPIC, hang-accept, false"
    })
    void slowTarget_isOvertakenAndClosedAtOnce(Speech speech, String slow, boolean streamed) {
        Latencies latencies = new Latencies("overtaken " + speech + " " + slow);
        for (int i = 0; i < ROUNDS; i++) {
            Ask ask = new Ask(speech, slow + ";seed=" + i, streamed, "");
            fixture.entries().clear();
            fixture.simulator().journal().clear();
            CompletableFuture<Long> closed = closed(ask.model());

            Reply reply = fixture.call(ask);

            long read = System.nanoTime();
            latencies.add(Math.max(0, GatewayFixture.wait(closed) - read));
            Reply direct = fixture.direct(new Ask(speech, "any/" + GOOD, streamed, ""));
            assertThat(reply.end()).isEqualTo(End.WHOLE);
            assertThat(reply.body()).isEqualTo(direct.body());
            assertThat(reply.header("x-ebbgate-target")).isEqualTo(speech.provider() + "/" + GOOD);
            assertThat(reply.header("x-ebbgate-attempts")).isEqualTo("2");
            assertThat(outcomes()).containsExactly(SUPERSEDED, new Outcome.Completed(false));
        }
        latencies.check(MEDIAN_MILLIS, WORST_MILLIS);
    }

    @ParameterizedTest
    @EnumSource
    void firstThatSpeaksAfterAll_winsAndTheHedgeIsClosedAtOnce(Speech speech) {
        Latencies latencies = new Latencies("first after all " + speech);
        for (int i = 0; i < ROUNDS; i++) {
            Ask ask = new Ask(speech, LATE + i, true, "");
            fixture.entries().clear();
            fixture.simulator().journal().clear();
            CompletableFuture<Long> closed = closed(SLOWER);

            Reply reply = fixture.call(ask);

            long read = System.nanoTime();
            latencies.add(Math.max(0, GatewayFixture.wait(closed) - read));
            Reply direct = fixture.direct(new Ask(speech, "any/sim:" + LATE + i, true, ""));
            assertThat(reply.body()).as("nothing of the hedge in it").isEqualTo(direct.body());
            assertThat(reply.header("x-ebbgate-target")).endsWith(LATE + i);
            assertThat(reply.header("x-ebbgate-attempts")).isEqualTo("2");
            assertThat(outcomes()).containsExactly(new Outcome.Completed(false), SUPERSEDED);
        }
        latencies.check(MEDIAN_MILLIS, WORST_MILLIS);
    }

    @ParameterizedTest
    @EnumSource
    void heldAnswer_isTheHedges(Speech speech) {
        Reply reply = fixture.call(new Ask(speech, "hang-preamble;seed=99", true, ""));

        Reply direct = fixture.direct(new Ask(speech, "any/" + HELD, true, ""));
        assertThat(reply.body()).isEqualTo(direct.body());
    }

    @ParameterizedTest
    @EnumSource
    void clientThatLeaves_closesBothAtOnce(Speech speech) {
        String first = "hang-headers;seed=99";
        String second = "hang-preamble;seed=99";
        Latencies latencies = new Latencies("client leaves both " + speech);
        for (int i = 0; i < ROUNDS; i++) {
            fixture.simulator().journal().clear();
            CompletableFuture<Long> one = closed(first);
            CompletableFuture<Long> other = closed(second);
            long left;
            try (RawClient client = fixture.client()) {
                client.send(new Ask(speech, first, true, ""));
                fixture.seen(first);
                fixture.seen(second);
                left = System.nanoTime();
            }
            latencies.add(Math.max(GatewayFixture.wait(one), GatewayFixture.wait(other)) - left);
        }
        latencies.check(MEDIAN_MILLIS, WORST_MILLIS);
    }

    private static List<Outcome> outcomes() {
        fixture.settled();
        return fixture.entries().stream()
                .flatMap(entry -> entry.attempts().stream())
                .map(Entry.Tried::outcome)
                .toList();
    }

    /// When the simulator saw its peer close.
    private static CompletableFuture<Long> closed(String script) {
        return fixture.simulator()
                .journal()
                .awaitEnded(entry -> entry.received().model().endsWith(script))
                .thenApply(entry -> {
                    assertThat(entry.end()).isEqualTo(dev.ebbgate.sim.End.PEER_CLOSED);
                    return System.nanoTime();
                });
    }
}
