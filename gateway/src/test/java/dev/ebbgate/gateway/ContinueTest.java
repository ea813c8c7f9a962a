package dev.ebbgate.gateway;

import static dev.ebbgate.sim.SimulatorOptions.defaults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.ebbgate.core.exchange.CancelReason;
import dev.ebbgate.core.exchange.Outcome;
import dev.ebbgate.core.ledger.Entry;
import dev.ebbgate.sim.JournalEntry;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/// `mid-stream: continue`: a stream that breaks is gone on with, or its end is honest.
class ContinueTest {

    private static final int TOKENS = 8;
    private static final String TEXT = ";prompt-tokens=9;seed=7";
    private static final String GOOD = "tokens=" + TOKENS + ";rate=burst" + TEXT;
    private static final List<String> DEATHS = List.of("reset", "cut", "truncated", "eof", "error");

    private static final String HANGS = "tokens=4;end=hang" + TEXT;
    private static final String REPEATED = "jitter=0;tokens=6;end=eof" + TEXT;
    private static final String CRLF = "tokens=5;end=error;eol=crlf" + TEXT;
    private static final String TWICE = "jitter=0;tokens=3;end=cut" + TEXT;
    private static final String NOBODY = "tokens=3;end=reset" + TEXT + "1";
    private static final String REFUSED = "tokens=3;end=reset" + TEXT + "2";
    private static final String SILENT = "tokens=3;end=reset" + TEXT + "3";
    private static final String CALL = "content=tool;tokens=3;end=reset" + TEXT;
    private static final String FULL = "tokens=60;token-bytes=40;end=reset" + TEXT;

    private static GatewayFixture fixture;
    private static ExecutorService callers;

    @BeforeAll
    static void start() {
        StringBuilder routes = new StringBuilder("routes:\n");
        scripts().forEach(script -> route(routes, script, "-on", GOOD));
        route(routes, HANGS, "-on", GOOD);
        route(routes, CRLF, "-on", GOOD);
        route(routes, REPEATED, "-on", GOOD + ";prefilled=repeated");
        route(routes, TWICE, "-on", "tokens=6;end=error" + TEXT, GOOD);
        route(routes, NOBODY, "", GOOD);
        route(routes, REFUSED, "-on", GOOD + ";prefilled=refused");
        route(routes, SILENT, "-on", "hang-headers");
        route(routes, CALL, "-on", GOOD);
        route(routes, FULL, "-on", GOOD);
        fixture =
                GatewayFixture.with(
                        GatewayFixture.SHORT.replace("600ms", "10s") + routes,
                        """
                          openai-on: {dialect: openai, base-url: "SIM/v1", continuation: prefill, keep-alive: KEPT, HARDY}
                          claude-on: {dialect: anthropic, base-url: "SIM", continuation: prefill, keep-alive: KEPT, HARDY}
                        """,
                        defaults());
        callers = Executors.newVirtualThreadPerTaskExecutor();
    }

    private static List<String> scripts() {
        List<String> scripts = new ArrayList<>();
        for (String death : DEATHS) {
            for (int tokens = 1; tokens <= TOKENS; tokens++) {
                scripts.add("tokens=" + tokens + ";end=" + death + TEXT);
            }
        }
        return scripts;
    }

    /// In both dialects: a target with this script, and those that are to go on with its answer.
    private static void route(StringBuilder routes, String script, String on, String... others) {
        StringBuilder targets = new StringBuilder();
        for (String provider : List.of("openai", "claude")) {
            String first = script.equals(SILENT) ? provider + "-kept" : provider;
            targets.append("\"%s/sim:%s\", ".formatted(first, script));
            for (String other : others) {
                targets.append("\"%s%s/sim:%s\", ".formatted(provider, on, other));
            }
        }
        routes.append(
                """
                  "%s":
                    targets: [%s]
                    failover: {mid-stream: continue, retries: 0, hold-max: 1KiB}
                """
                        .formatted(script, targets.substring(0, targets.length() - 2)));
    }

    @AfterAll
    static void stop() {
        callers.close();
        fixture.close();
    }

    @BeforeEach
    void forget() {
        fixture.entries().clear();
    }

    @TestFactory
    Stream<DynamicTest> deathAtAnyToken_isGoneOnWithByteForByte() {
        List<String> scripts = new ArrayList<>(scripts());
        scripts.addAll(List.of(HANGS, CRLF, REPEATED));
        List<DynamicTest> tests = new ArrayList<>();
        for (Speech speech : Speech.values()) {
            scripts.forEach(script -> tests.add(test(script, speech)));
        }
        return tests.stream();
    }

    private static DynamicTest test(String script, Speech speech) {
        Ask ask = new Ask(speech, script, true, "");
        var reply = CompletableFuture.supplyAsync(() -> fixture.call(ask), callers);
        return DynamicTest.dynamicTest(
                script + " " + speech,
                () -> assertWhole(GatewayFixture.wait(reply), script, speech));
    }

    /// The answer is what one healthy target would have said, under the first one's name.
    /// Anthropic's usage at the end tells of the second prompt as well.
    private static void assertWhole(Reply got, String script, Speech speech) {
        Reply direct = fixture.direct(new Ask(speech, "any/sim:" + GOOD, true, ""));
        String expected = direct.text().replace("sim:" + GOOD, "sim:" + script);
        assertThat(bare(got.text())).isEqualTo(bare(expected));
        assertThat(got.header("x-ebbgate-target")).endsWith(script);
    }

    private static String bare(String text) {
        return text.replace("\r", "")
                .replaceAll("event: ping\ndata: [^\n]*\n\n|: keep-alive\n\n", "")
                .replaceAll("\"usage\":\\{[^}]*\"output_tokens\":8}", "\"usage\":{}");
    }

    @ParameterizedTest
    @EnumSource
    void secondDeath_isGoneOnWithByTheThird(Speech speech) {
        Reply reply = fixture.call(new Ask(speech, TWICE, true, ""));

        assertWhole(reply, TWICE, speech);
        Entry entry = entry();
        assertThat(entry.outcome()).isInstanceOf(Outcome.Completed.class);
        assertThat(entry.attempts()).hasSize(3);
        assertThat(entry.attempts().getFirst().target()).endsWith(TWICE);
    }

    @ParameterizedTest
    @EnumSource
    void targetsThatDoNotGoOn_leaveTheHonestFrame(Speech speech) {
        assertOriginal(new Ask(speech, NOBODY, true, ""), 1);
    }

    @ParameterizedTest
    @EnumSource
    void targetThatRefusesTheText_leavesTheOriginalFailure(Speech speech) {
        JsonNode own = assertOriginal(new Ask(speech, REFUSED, true, ""), 2);

        assertThat(own.get("attempts").get(0).get("cause").asText()).isEqualTo("reset");
        assertThat(own.get("attempts").get(1).get("cause").asText()).isEqualTo("status 400");
    }

    @ParameterizedTest
    @EnumSource
    void toolCallThatHasBegun_isNotGoneOnWith(Speech speech) {
        assertOriginal(new Ask(speech, CALL, true, ""), 1, "; not continued: ");
    }

    @ParameterizedTest
    @EnumSource
    void moreTextThanIsKept_isNotGoneOnWith(Speech speech) {
        assertOriginal(
                new Ask(speech, FULL, true, ""),
                1,
                "committed=true; not continued: the text is longer than what is kept");
    }

    /// The frame names the failure of the first attempt, and nothing follows it.
    private static JsonNode assertOriginal(Ask ask, int attempts) {
        return assertOriginal(ask, attempts, "committed=true");
    }

    private static JsonNode assertOriginal(Ask ask, int attempts, String state) {
        Reply reply = fixture.call(ask);

        String last = reply.events().getLast();
        JsonNode own = Reply.data(last).get("error").get("ebbgate");
        assertThat(own.get("target").asText()).endsWith(ask.model());
        assertThat(own.get("attempt").asInt()).isEqualTo(1);
        assertThat(own.get("phase").asText()).isEqualTo("stream");
        assertThat(own.get("committed").asBoolean()).isTrue();
        assertThat(last).contains("provider broke the connection", state);
        assertThat(reply.text()).doesNotContain(ask.speech().terminal());
        assertThat(entry().attempts()).hasSize(attempts);
        return own;
    }

    @ParameterizedTest
    @EnumSource
    void clientThatLeavesMeanwhile_closesTheUpstream(Speech speech) {
        try (RawClient client = fixture.client()) {
            client.send(new Ask(speech, SILENT, true, ""));
            fixture.seen("hang-headers");
            client.readUntil(speech.keepAlive().strip()); // it is kept alive meanwhile
        }

        JournalEntry ended = fixture.ended("hang-headers");
        assertThat(ended.end()).isEqualTo(dev.ebbgate.sim.End.PEER_CLOSED);
        fixture.settled();
        assertThat(entry().outcome()).isEqualTo(new Outcome.Cancelled(CancelReason.CLIENT_GONE));
        fixture.simulator().journal().clear();
    }

    private static Entry entry() {
        fixture.settled();
        assertThat(fixture.entries()).hasSize(1);
        return fixture.entries().element();
    }
}
