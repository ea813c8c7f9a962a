package dev.ebbgate.gateway;

import static dev.ebbgate.sim.SimulatorOptions.defaults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.ebbgate.core.exchange.Outcome;
import dev.ebbgate.core.ledger.Entry;
import dev.ebbgate.core.limit.Fired;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/// `upstream: streamed`: one answer made of a stream, for a client that asked for none.
class AssembledTest {

    private static final String GOOD = "sim:burst;seed=7;prompt-tokens=9";

    private static final List<String> WHOLE =
            List.of(
                    "burst;seed=3;prompt-tokens=9",
                    "crlf;rate=burst;seed=3;prompt-tokens=9",
                    "tool-call;rate=burst;seed=3;prompt-tokens=9",
                    "reasoning;rate=burst;seed=3;prompt-tokens=9",
                    "reasoning;content=tool;rate=burst;seed=3;prompt-tokens=9",
                    "tokens=300;rate=burst;seed=3;prompt-tokens=9",
                    "keep-alive=20ms;tokens=4;rate=20;seed=3;prompt-tokens=9");

    /// Faults and how many attempts there are with the one that answers.
    private static final List<String> FAULTS =
            List.of(
                    "hang-accept 2",
                    "hang-headers 2",
                    "hang-preamble 2",
                    "stall 2",
                    "stall;content=tool 2",
                    "stall-keep-alive;keep-alive=50ms 2",
                    "server-error 3",
                    "rate-limited 3",
                    "unauthorized 2",
                    "error-first 3",
                    "error-frame 3",
                    "empty-200 3",
                    "html-200 3",
                    "eof-preamble 3",
                    "malformed-first 3",
                    "malformed-end 3",
                    "reset 3",
                    "cut 3",
                    "truncated 3",
                    "eof 3");

    /// The machine may be busy.
    private static final String LIMITS =
            GatewayFixture.SHORT
                    .replace(
                            "first-token: 600ms, stream-idle: 400ms",
                            "first-token: 3s, stream-idle: 1s")
                    .replace("no-progress: 800ms", "no-progress: 4s")
                    .replace("300ms}", "300ms, buffered: 512KiB}");

    private static GatewayFixture fixture;
    private static FickleProvider plain;
    private static ExecutorService callers;

    @BeforeAll
    static void start() {
        plain = new FickleProvider();
        StringBuilder routes = new StringBuilder("routes:\n");
        WHOLE.forEach(script -> route(routes, script, ""));
        FAULTS.forEach(fault -> route(routes, script(fault), ", " + targets("-calm", GOOD)));
        route(routes, "finish-hang;rate=burst", "");
        route(routes, "no-done;rate=burst", "");
        route(routes, "stall;tokens=3", "");
        route(routes, "malformed-at=4;tokens=8;rate=burst", "");
        route(routes, "tokens=2000;token-bytes=200;rate=burst", "");
        routes.append("  json: {targets: [plain/m], upstream: streamed}\n")
                .append("  hurried:\n    targets: [")
                .append(targets("", "sim:hang-headers;seed=4"))
                .append(", ")
                .append(targets("-calm", GOOD))
                .append("]\n    upstream: streamed\n    failover: {first-token: 150ms}\n");
        fixture =
                GatewayFixture.with(
                        LIMITS + routes,
                        """
                          openai-calm: {dialect: openai, base-url: "SIM/v1", timeouts: {first-token: 15s, stream-idle: 15s}}
                          claude-calm: {dialect: anthropic, base-url: "SIM", timeouts: {first-token: 15s, stream-idle: 15s}}
                          plain: {dialect: openai, base-url: "http://127.0.0.1:%d/v1"}
                        """
                                .formatted(plain.port()),
                        defaults());
        callers = Executors.newVirtualThreadPerTaskExecutor();
    }

    private static void route(StringBuilder routes, String script, String more) {
        routes.append(
                "  \"%s\": {targets: [%s%s], upstream: streamed}\n"
                        .formatted(script, targets("-kept", "sim:" + script), more));
    }

    private static String targets(String suffix, String model) {
        return "\"openai%s/%s\", \"claude%s/%s\"".formatted(suffix, model, suffix, model);
    }

    private static String script(String fault) {
        return fault.substring(0, fault.lastIndexOf(' '));
    }

    @AfterAll
    static void stop() {
        callers.close();
        fixture.close();
        plain.close();
    }

    private static Ask ask(Speech speech, String route) {
        return new Ask(speech, route, false, "");
    }

    private static void assertSame(Reply reply, Speech speech, String model) {
        Reply direct = fixture.direct(new Ask(speech, "any/" + model, false, ""));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.header("content-type")).isEqualTo("application/json");
        assertThat(told(reply)).isEqualTo(told(direct));
    }

    /// What an answer tells, without its own number and time, and without what says nothing and so
    /// is never streamed.
    private static JsonNode told(Reply reply) {
        ObjectNode json = (ObjectNode) reply.json();
        json.remove(List.of("id", "created"));
        if (json.at("/choices/0/message") instanceof ObjectNode message) {
            message.remove("annotations");
        }
        return json;
    }

    @TestFactory
    Stream<DynamicTest> answer_isTheOneTheProviderGivesWhole() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Speech speech : Speech.values()) {
            for (String script : WHOLE) {
                tests.add(
                        DynamicTest.dynamicTest(
                                script + " " + speech,
                                () -> assertWhole(fixture.call(ask(speech, script)), speech)));
            }
        }
        return tests.stream();
    }

    private static void assertWhole(Reply reply, Speech speech) {
        String target = reply.header("x-ebbgate-target");
        assertSame(reply, speech, target.substring(target.indexOf('/') + 1));
        assertThat(last().told().earlyHead()).isFalse();
    }

    @TestFactory
    @DisplayName("C1 C2 C3 what fails at any token is answered by the next target")
    Stream<DynamicTest> fault_isAnsweredByTheNextTarget() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Speech speech : Speech.values()) {
            FAULTS.forEach(fault -> tests.add(answered(fault, speech)));
        }
        return tests.stream();
    }

    private static DynamicTest answered(String fault, Speech speech) {
        Ask ask = ask(speech, script(fault));
        var reply = CompletableFuture.supplyAsync(() -> fixture.call(ask), callers);
        String attempts = fault.substring(fault.lastIndexOf(' ') + 1);
        return DynamicTest.dynamicTest(
                fault + " " + speech,
                () -> {
                    Reply got = GatewayFixture.wait(reply);
                    assertSame(got, speech, GOOD);
                    assertThat(got.header("x-ebbgate-attempts")).isEqualTo(attempts);
                });
    }

    @ParameterizedTest
    @EnumSource
    void missingFormalEnd_isSuppliedAfterAWhile(Speech speech) {
        for (String script : List.of("finish-hang;rate=burst", "no-done;rate=burst")) {
            Reply reply = fixture.call(ask(speech, script));

            assertThat(reply.status()).as(script).isEqualTo(200);
            assertThat(last().outcome()).isEqualTo(new Outcome.Completed(true));
        }
    }

    private static Entry last() {
        fixture.settled();
        return new ArrayList<>(fixture.entries()).getLast();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("silence in the midst is stream-idle, told by a true status")
    void stallOfTheOnlyTarget_isStreamIdle(Speech speech) {
        Reply reply = fixture.call(ask(speech, "stall;tokens=3"));

        JsonNode error = reply.json().get("error");
        assertThat(reply.status()).isEqualTo(504);
        assertThat(error.get("message").asText())
                .startsWith("provider stopped unexpectedly: no byte for")
                .contains("in phase stream", "committed=false");
        assertThat(error.get("ebbgate").get("limit").asText()).isEqualTo("stream-idle");
    }

    @ParameterizedTest
    @EnumSource
    void brokenEventInTheMidst_isLeftOut(Speech speech) {
        Reply reply = fixture.call(ask(speech, "malformed-at=4;tokens=8;rate=burst"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(last().told().skipped()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void answerBeyondTheRoom_isRefused(Speech speech) {
        Reply reply = fixture.call(ask(speech, "tokens=2000;token-bytes=200;rate=burst"));

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.text()).contains("limits.buffered is reached");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("C1 failover.first-token holds for a client that does not stream")
    void patience_holds(Speech speech) {
        Reply reply = fixture.call(ask(speech, "hurried"));

        assertSame(reply, speech, GOOD);
        assertThat(last().attempts().getFirst().outcome())
                .isInstanceOfSatisfying(
                        Outcome.TimedOut.class,
                        late -> assertThat(source(late.fired())).contains("failover.first-token"));
    }

    private static String source(Fired fired) {
        return fired.limit().source();
    }

    @Test
    void providerThatStreamsNothing_isTakenAtItsWholeWord() {
        Reply reply = fixture.call(ask(Speech.OPENAI, "json"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().at("/choices/0/message/content").asText()).isEqualTo("hi");
    }
}
