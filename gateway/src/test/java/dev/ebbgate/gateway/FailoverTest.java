package dev.ebbgate.gateway;

import static dev.ebbgate.sim.SimulatorOptions.defaults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.ebbgate.core.exchange.CancelReason;
import dev.ebbgate.core.exchange.Outcome;
import dev.ebbgate.core.ledger.Entry;
import dev.ebbgate.gateway.Reply.End;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/// Targets that fail in every way, and a healthy one behind them.
class FailoverTest {

    private static final int AT_ONCE = 100;
    private static final String REPEATED = "hang-headers;seed=3";
    private static final String REPEATED_BEFORE_A_SLOW_ONE = "hang-headers;seed=4";
    private static final String MANY_HANGS = "hang-accept;seed=2";
    private static final String MANY_ERRORS = "server-error;seed=2";
    private static final String GOOD = "sim:burst;seed=7";

    /// Faults before the answer counts, and how many attempts there are with the one that answers.
    private static final List<String> BEFORE_THE_ANSWER =
            List.of(
                    "hang-accept 2",
                    "hang-headers 2",
                    "hang-preamble 2",
                    "keep-alive-only;keep-alive=50ms 2",
                    "server-error 3",
                    "status=502 3",
                    "status=504 3",
                    "status=529 3",
                    "html-502 3",
                    "overloaded 3",
                    "status=503;retry-after=9 2",
                    "rate-limited 3",
                    "status=429 2",
                    "status=429;retry-after=9 2",
                    "quota 2",
                    "unauthorized 2",
                    "status=403 2",
                    "status=302 2",
                    "error-first 3",
                    "error-first;error=invalid_request_error 3",
                    "empty-200 3",
                    "html-200 3",
                    "eof-preamble 3",
                    "malformed-first 3",
                    "gzip;lead=none 3");

    /// Faults in the midst, which only a buffered answer survives.
    private static final List<String> IN_THE_MIDST =
            List.of("stall 2", "reset 3", "cut 3", "eof 3", "error-frame 3", "malformed 3");

    private static final List<String> FINAL =
            List.of("context-length", "content-policy", "status=404");

    /// Who answers in the end may take its time: the machine may be busy.
    private static final String CALM =
            """
              openai-calm: {dialect: openai, base-url: "SIM/v1", timeouts: {first-token: 15s}}
              claude-calm: {dialect: anthropic, base-url: "SIM", timeouts: {first-token: 15s}}
            """;

    private static GatewayFixture fixture;
    private static ExecutorService callers;
    private static int refused;
    private static BlackHole hole;

    @BeforeAll
    static void start() throws IOException {
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            refused = closed.getLocalPort();
        }
        hole = BlackHole.full();
        StringBuilder routes = new StringBuilder("routes:\n");
        for (String fault : BEFORE_THE_ANSWER) {
            route(routes, script(fault));
        }
        for (String fault : IN_THE_MIDST) {
            route(routes, script(fault));
        }
        FINAL.forEach(script -> route(routes, script));
        route(routes, MANY_ERRORS);
        route(routes, MANY_HANGS);
        route(routes, REPEATED);
        routes.append(
                """
                  "%s": {targets: ["openai/sim:%s", "openai-calm/sim:prefill=1200ms;tokens=2"]}
                """
                        .formatted(REPEATED_BEFORE_A_SLOW_ONE, REPEATED_BEFORE_A_SLOW_ONE));
        routes.append("  dead: {targets: [refused/m, openai-calm/%s]}\n".formatted(GOOD))
                .append("  unheard: {targets: [unheard/m, openai-calm/%s]}\n".formatted(GOOD))
                .append(
                        "  early: {targets: [openai-kept/sim:hang-headers, openai-calm/%s]}\n"
                                .formatted(GOOD))
                .append(
                        "  all-hang: {targets: [openai/sim:hang-accept,"
                                + " openai/sim:hang-headers]}\n")
                .append("  all-limited: {targets: [openai/sim:status=429, openai/sim:quota]}\n")
                .append("  all-fail: {targets: [refused/m, openai/sim:unauthorized]}\n")
                .append(
                        "  resting: {targets: [openai/sim:status=503;retry-after=2, openai-calm/%s]}\n"
                                .formatted(GOOD));
        fixture =
                GatewayFixture.with(
                        GatewayFixture.SHORT + routes,
                        CALM
                                + "  refused: {dialect: openai, base-url: \"http://127.0.0.1:"
                                + refused
                                + "/v1\"}\n"
                                + "  unheard: {dialect: openai, timeouts: {connect: 200ms},"
                                + " base-url: \"http://127.0.0.1:"
                                + hole.port()
                                + "/v1\"}\n",
                        defaults());
        callers = Executors.newVirtualThreadPerTaskExecutor();
    }

    /// Both dialects in one route: those of the other are skipped.
    private static void route(StringBuilder routes, String script) {
        routes.append(
                "  \"%s\": {targets: [\"openai/sim:%s\", \"claude/sim:%s\", \"openai-calm/%s\", \"claude-calm/%s\"]}\n"
                        .formatted(script, script, script, GOOD, GOOD));
    }

    private static String script(String fault) {
        return fault.substring(0, fault.indexOf(' '));
    }

    @AfterAll
    static void stop() {
        callers.close();
        fixture.close();
        hole.close();
    }

    private static Ask ask(Speech speech, String route, boolean streamed) {
        return new Ask(speech, route, streamed, "");
    }

    private static Reply direct(Speech speech, boolean streamed) {
        return fixture.direct(new Ask(speech, "any/" + GOOD, streamed, ""));
    }

    private static void assertGood(Reply reply, Speech speech, boolean streamed) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.end()).isEqualTo(End.WHOLE);
        if (streamed) {
            assertThat(reply.events(speech)).isEqualTo(direct(speech, true).events(speech));
        } else {
            assertThat(reply.body()).isEqualTo(direct(speech, false).body());
        }
    }

    @TestFactory
    @DisplayName("C1 C2 C3 N4 what fails before the answer counts is answered by the next target")
    Stream<DynamicTest> fault_isAnsweredByTheNextTarget() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Speech speech : Speech.values()) {
            for (String fault : BEFORE_THE_ANSWER) {
                tests.add(answered(fault, speech, true));
                tests.add(answered(fault, speech, false));
            }
            IN_THE_MIDST.forEach(fault -> tests.add(answered(fault, speech, false)));
        }
        return tests.stream();
    }

    private static DynamicTest answered(String fault, Speech speech, boolean streamed) {
        Ask ask = ask(speech, script(fault), streamed);
        var reply = CompletableFuture.supplyAsync(() -> fixture.call(ask), callers);
        String attempts = fault.substring(fault.indexOf(' ') + 1);
        return DynamicTest.dynamicTest(
                fault + " " + speech + (streamed ? " streamed" : " whole"),
                () -> {
                    Reply got = GatewayFixture.wait(reply);
                    assertGood(got, speech, streamed);
                    assertThat(got.header("x-ebbgate-target"))
                            .isEqualTo(speech.provider() + "-calm/" + GOOD);
                    assertThat(got.header("x-ebbgate-attempts")).isEqualTo(attempts);
                });
    }

    @ParameterizedTest
    @EnumSource
    void whatTheRequestIsToBlameFor_isAskedOnceAndPassesThrough(Speech speech) {
        for (String script : FINAL) {
            Reply reply = fixture.call(ask(speech, script, true));

            assertThat(reply.status()).isBetween(400, 404);
            assertThat(reply.header("x-ebbgate-attempts")).isEqualTo("1");
            assertThat(reply.json().get("error").has("ebbgate")).isFalse();
        }
    }

    @Test
    void providerThatIsDown_isLeft() {
        Reply reply = fixture.call(ask(Speech.OPENAI, "dead", true));

        assertGood(reply, Speech.OPENAI, true);
        assertThat(reply.header("x-ebbgate-attempts")).isEqualTo("3");
    }

    @Test
    @DisplayName(
            "C1 a host that does not even answer the first packet is left when connect is over")
    void limitOfTheConnection_isAnsweredByTheNextTarget() {
        Reply reply = fixture.call(ask(Speech.OPENAI, "unheard", true));

        assertGood(reply, Speech.OPENAI, true);
        assertThat(reply.header("x-ebbgate-attempts")).isEqualTo("2");
        assertThat(last().attempts().getFirst().outcome().cause()).isEqualTo("connect");
    }

    @Test
    @DisplayName("C1 the head has gone out: the next target's stream follows it")
    void hangBehindAnEarlyHead_failsOver() {
        Reply reply = fixture.call(ask(Speech.OPENAI, "early", true));

        assertGood(reply, Speech.OPENAI, true);
        assertThat(reply.headers()).doesNotContainKey("x-ebbgate-target");
        Entry entry = last();
        assertThat(entry.told().earlyHead()).isTrue();
        assertThat(entry.attempts()).extracting(Entry.Tried::phase).hasSize(2);
        assertThat(entry.attempts().getFirst().outcome()).isInstanceOf(Outcome.TimedOut.class);
        assertThat(entry.attempts().getLast().outcome()).isInstanceOf(Outcome.Completed.class);
        assertThat(entry.failedOver()).isTrue();
        assertThat(entry.cause(1)).isEqualTo(Entry.Cause.FAILOVER);
        assertThat(entry.attempts().getLast().answered().bytes()).isPositive();
        long began = entry.attempts().getLast().waits().startNanos();
        assertThat(began).isBetween(1L, entry.totalNanos());
    }

    private static Entry last() {
        fixture.settled();
        return new ArrayList<>(fixture.entries()).getLast();
    }

    @ParameterizedTest
    @EnumSource
    void breakAfterTheCommit_isAnHonestFrameAndNothingFollows(Speech speech) {
        Reply reply = fixture.call(ask(speech, "reset", true));

        JsonNode own = Reply.data(reply.events().getLast()).get("error").get("ebbgate");
        assertThat(own.get("committed").asBoolean()).isTrue();
        assertThat(own.get("attempt").asInt()).isEqualTo(1);
        assertThat(own.has("attempts")).isFalse();
        assertThat(last().attempts()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "all-hang,    504, first-token first-token",
        "all-limited, 429, status 429 status 429",
        "all-fail,    502, connect: connection refused connect: connection refused status 401",
    })
    void nothingLeft_saysWhatWasTried(String route, int status, String causes) {
        Reply reply = fixture.call(ask(Speech.OPENAI, route, true));

        JsonNode attempts = reply.json().get("error").get("ebbgate").get("attempts");
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.header("x-should-retry")).isEqualTo("false");
        assertThat(attempts.findValuesAsText("cause")).isEqualTo(split(causes));
        assertThat(attempts.findValuesAsText("phase")).hasSize(attempts.size());
        assertThat(attempts.findValuesAsText("target")).hasSize(attempts.size());
        assertThat(attempts.findValues("elapsed_ms")).allMatch(JsonNode::isNumber);
        assertThat(reply.header("x-ebbgate-attempts")).isEqualTo("" + attempts.size());
    }

    private static List<String> split(String causes) {
        return List.of(causes.split(" (?=first|status|connect:)", -1));
    }

    @Test
    void clientLeavesDuringTheBackoff_nothingMoreIsAsked() {
        fixture.simulator().journal().clear();
        try (RawClient client = fixture.client()) {
            client.send(ask(Speech.OPENAI, "resting", true));
            fixture.ended("retry-after=2");
        }

        Entry entry = last();

        assertThat(entry.outcome()).isEqualTo(new Outcome.Cancelled(CancelReason.CLIENT_GONE));
        assertThat(entry.attempts()).hasSize(1);
        assertThat(fixture.simulator().journal().entries()).hasSize(1);
    }

    private static Speech speech(int i) {
        return i % 2 == 0 ? Speech.OPENAI : Speech.ANTHROPIC;
    }

    @Test
    @DisplayName("S7 C1 a hundred that fail over at once")
    void hundredAtOnce_failOver() {
        List<CompletableFuture<Reply>> replies = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            Speech speech = speech(i);
            String route = i % 4 < 2 ? MANY_HANGS : MANY_ERRORS;
            replies.add(
                    CompletableFuture.supplyAsync(
                            () -> fixture.call(ask(speech, route, true)), callers));
        }

        for (int i = 0; i < AT_ONCE; i++) {
            assertGood(GatewayFixture.wait(replies.get(i)), speech(i), true);
        }
    }

    @Test
    void deadConnectionFromThePool_isReplacedAtOnceAndBlamesNobody() {
        try (FickleProvider provider = new FickleProvider();
                GatewayFixture own =
                        GatewayFixture.with(
                                "",
                                "  fickle: {dialect: openai, base-url: \"http://127.0.0.1:"
                                        + provider.port()
                                        + "/v1\"}\n",
                                defaults());
                RawClient client = own.client()) {
            Ask ask = new Ask(Speech.OPENAI, "fickle/m", false, "");
            client.send(ask);
            assertThat(client.read().status()).isEqualTo(200);
            client.send(ask);

            Reply second = client.read();

            assertThat(second.status()).isEqualTo(200);
            assertThat(second.header("x-ebbgate-attempts")).isEqualTo("2");
            assertThat(provider.connections()).isEqualTo(2);
            own.settled();
            assertThat(new ArrayList<>(own.entries()).getLast().attempts())
                    .extracting(tried -> tried.outcome().cause())
                    .containsExactly("stale connection", null);
        }
    }

    @Test
    @DisplayName("N4 what the client repeats after a first-token limit begins at the next target")
    void resend_beginsAtTheNextTarget() {
        Ask ask = ask(Speech.OPENAI, REPEATED, true);
        fixture.call(ask);

        Reply second = fixture.call(ask);

        assertGood(second, Speech.OPENAI, true);
        assertThat(second.header("x-ebbgate-attempts")).isEqualTo("1");
        assertThat(last().asked().resend()).isTrue();
    }

    @Test
    @DisplayName("N4 the target that was too slow is left out, and shortens nobody's patience")
    void resend_leavesTheTargetThatTheNextOneNeeds() {
        Ask ask = ask(Speech.OPENAI, REPEATED_BEFORE_A_SLOW_ONE, true);
        assertThat(fixture.call(ask).status()).isEqualTo(200);

        Reply second = fixture.call(ask);

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.header("x-ebbgate-attempts")).isEqualTo("1");
        assertThat(second.header("x-ebbgate-target")).contains("prefill=1200ms");
    }
}
