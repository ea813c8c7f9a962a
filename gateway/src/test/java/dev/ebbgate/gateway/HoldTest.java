package dev.ebbgate.gateway;

import static dev.ebbgate.sim.SimulatorOptions.defaults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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

/// `mid-stream: hold`: a death at any token is not seen.
class HoldTest {

    private static final int TOKENS = 8;
    private static final String GOOD = "sim:tool-call;rate=burst;seed=7";
    private static final List<String> DEATHS = List.of("reset", "cut", "truncated", "eof", "error");

    private static GatewayFixture fixture;
    private static ExecutorService callers;

    @BeforeAll
    static void start() {
        StringBuilder routes = new StringBuilder("routes:\n");
        scripts().forEach(script -> route(routes, script, ""));
        route(routes, "content=tool;tokens=2;end=hang", "");
        route(routes, "tokens=40;end=reset", ", hold-max: 1KiB");
        fixture =
                GatewayFixture.with(
                        GatewayFixture.SHORT.replace("600ms", "10s") + routes, "", defaults());
        callers = Executors.newVirtualThreadPerTaskExecutor();
    }

    /// A tool call cut at every token, in every way.
    private static List<String> scripts() {
        List<String> scripts = new ArrayList<>();
        for (String death : DEATHS) {
            for (int tokens = 1; tokens <= TOKENS; tokens++) {
                scripts.add("content=tool;tokens=" + tokens + ";end=" + death);
            }
        }
        return scripts;
    }

    private static void route(StringBuilder routes, String script, String more) {
        routes.append(
                """
                  "%s":
                    targets: ["openai/sim:%s", "claude/sim:%s", "openai/%s", "claude/%s"]
                    failover: {mid-stream: hold, retries: 0%s}
                """
                        .formatted(script, script, script, GOOD, GOOD, more));
    }

    @AfterAll
    static void stop() {
        callers.close();
        fixture.close();
    }

    @TestFactory
    Stream<DynamicTest> deathAtAnyToken_isNotSeen() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Speech speech : Speech.values()) {
            scripts().forEach(script -> tests.add(test(script, speech)));
            tests.add(test("content=tool;tokens=2;end=hang", speech));
        }
        return tests.stream();
    }

    private static DynamicTest test(String script, Speech speech) {
        Ask ask = new Ask(speech, script, true, "");
        var reply = CompletableFuture.supplyAsync(() -> fixture.call(ask), callers);
        return DynamicTest.dynamicTest(
                script + " " + speech,
                () -> {
                    Reply got = GatewayFixture.wait(reply);
                    Reply direct = fixture.direct(new Ask(speech, "any/" + GOOD, true, ""));
                    assertThat(got.text()).isEqualTo(direct.text());
                    assertThat(got.header("x-ebbgate-attempts")).isEqualTo("2");
                    assertThat(got.header("x-ebbgate-target")).endsWith(GOOD);
                });
    }

    @ParameterizedTest
    @EnumSource
    void beyondHoldMax_theAnswerFlowsAndItsDeathIsTold(Speech speech) {
        Reply reply = fixture.call(new Ask(speech, "tokens=40;end=reset", true, ""));

        var own = Reply.data(reply.events().getLast()).get("error").get("ebbgate");
        assertThat(own.get("committed").asBoolean()).isTrue();
        assertThat(own.get("attempt").asInt()).isEqualTo(1);
        assertThat(reply.events()).hasSizeGreaterThan(30);
    }
}
