package dev.ebbgate.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.config.Provider;
import dev.ebbgate.core.config.Route;
import dev.ebbgate.core.config.TargetRef;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.policy.Backoff;
import dev.ebbgate.core.policy.BreakerSettings;
import dev.ebbgate.core.policy.Continuation;
import dev.ebbgate.core.policy.Failover;
import dev.ebbgate.core.policy.MidStream;
import dev.ebbgate.core.policy.ProviderPolicy;
import dev.ebbgate.core.policy.Trigger;
import dev.ebbgate.core.policy.UpstreamForm;
import dev.ebbgate.core.setting.ApiKey;
import dev.ebbgate.core.setting.HttpVersionChoice;
import dev.ebbgate.core.setting.Secret;
import dev.ebbgate.core.setting.Size;
import dev.ebbgate.core.setting.Sourced;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// What is written about failover, keys, breakers and queues, and what is refused of it.
class FailoverLoadingTest {

    private static final Map<String, String> KEYS = Map.of("KEY_A", "sk-a", "KEY_B", "sk-b");

    /// The contract's own block.
    private static final String CONTRACT =
            """
            routes:
              coder:
                targets: [[vllm-a/m, vllm-b/m], claude/claude-sonnet-4-6, openai/gpt-5]   # in order; a nested list is one place: least in flight first
                failover:
                  when: [connect, reset, status-5xx, status-429, auth, first-token, stream-idle, no-progress, attempt, malformed, stream-error]   # the default
                  first-token: 3m               # patience while another target remains (where shorter than the limit itself); the last target keeps its own
                  retries: 1                    # same target, fast failures only
                  backoff: {base: 250ms, max: 8s, jitter: full}
                  retry-after-max: 3s
                  reserve: 30s
                  mid-stream: error             # error | hold | continue
                  hold-max: 8MiB
                  hedge: off                    # or {after: 20s}
                upstream: as-asked              # as-asked | streamed: how a buffered request is put to the provider
            providers:
              openai:
                dialect: openai
                base-url: "https://api.openai.com/v1"
                api-keys: ["${KEY_A}", "${KEY_B}"]
                http-version: auto              # auto | 1.1 | 2
                max-in-flight: off              # or a number, with queue: 30s
                continuation: none              # none | prefill
                breaker: {failures: 5, window: 60s, cooldown: 10s, cooldown-max: 5m, last-resort: 1}
            """;

    private static final String REST =
            """
              vllm-a: {dialect: openai, base-url: "http://127.0.0.1:8000/v1"}
              vllm-b: {dialect: openai, base-url: "http://127.0.0.1:8001/v1"}
              claude: {dialect: anthropic, base-url: "https://api.anthropic.com"}
            """;

    @Test
    void contractsBlock_loadsAndWritesOnlyDefaults() {
        Config config = Loading.config(CONTRACT + REST, KEYS);

        Route coder = route(config, "coder");
        Provider openai = Objects.requireNonNull(config.providers().get("openai"));
        assertThat(coder.places())
                .containsExactly(
                        List.of(target("vllm-a/m"), target("vllm-b/m")),
                        List.of(target("claude/claude-sonnet-4-6")),
                        List.of(target("openai/gpt-5")));
        assertThat(coder.failover())
                .usingRecursiveComparison()
                .ignoringFields("firstToken.source")
                .isEqualTo(Failover.DEFAULT);
        assertThat(coder.failover().firstToken().source())
                .isEqualTo("routes.coder.failover.first-token");
        assertThat(coder.upstream()).isEqualTo(UpstreamForm.AS_ASKED);
        assertThat(openai.apiKey())
                .isEqualTo(new ApiKey.Fixed(List.of(new Secret("sk-a"), new Secret("sk-b"))));
        assertThat(openai.policy()).isEqualTo(ProviderPolicy.DEFAULT);
        assertThat(openai.upstream().httpVersion()).isEqualTo(HttpVersionChoice.AUTO);
    }

    @Test
    void everyKey_reachesItsRecord() {
        String yaml =
                """
                providers:
                  p:
                    dialect: openai
                    base-url: "http://127.0.0.1:8000/v1"
                    http-version: 1.1
                    max-in-flight: 8
                    queue: 10s
                    continuation: prefill
                    breaker: {failures: 3, window: 30s, cooldown: 5s, cooldown-max: 1m, last-resort: 2}
                routes:
                  c:
                    targets: [p/a, p/b]
                    failover:
                      when: [context-length, connect]
                      first-token: off
                      retries: 0
                      backoff: {base: 1s, max: 2s, jitter: none}
                      retry-after-max: 10s
                      reserve: 1m
                      mid-stream: hold
                      hold-max: 1MiB
                      hedge: {after: 20s}
                    upstream: streamed
                """;

        Config config = Loading.config(yaml);

        Provider p = Objects.requireNonNull(config.providers().get("p"));
        assertThat(route(config, "c").failover())
                .isEqualTo(
                        new Failover(
                                EnumSet.of(Trigger.CONNECT, Trigger.CONTEXT_LENGTH),
                                new Sourced<>(Span.OFF, "routes.c.failover.first-token"),
                                0,
                                new Backoff(
                                        Span.ofSeconds(1), Span.ofSeconds(2), Backoff.Jitter.NONE),
                                Span.ofSeconds(10),
                                Span.ofSeconds(60),
                                new MidStream(MidStream.Mode.HOLD, Size.ofMiB(1)),
                                Span.ofSeconds(20)));
        assertThat(route(config, "c").upstream()).isEqualTo(UpstreamForm.STREAMED);
        assertThat(p.upstream().httpVersion()).isEqualTo(HttpVersionChoice.HTTP_1_1);
        assertThat(p.policy().capacity())
                .hasToString(
                        "Capacity[maxInFlight=8, queue=Sourced[value=10s,"
                                + " source=providers.p.queue]]");
        assertThat(p.policy().continuation()).isEqualTo(Continuation.PREFILL);
        assertThat(p.policy().breaker())
                .isEqualTo(
                        new BreakerSettings(
                                3, Span.ofSeconds(30), Span.ofSeconds(5), Span.ofSeconds(60), 2));
    }

    @Test
    void route_inheritsFromTheTopKeyByKey() {
        String yaml =
                Loading.PROVIDER
                        + """
                        failover: {retries: 2, first-token: 1m, backoff: {base: 1s}, mid-stream: hold}
                        routes:
                          a: {targets: [vllm/x], failover: {retries: 0, backoff: {max: 2s}, hold-max: 1MiB}}
                        """;

        Config config = Loading.config(yaml);

        Failover top = config.policies().failover();
        Failover own = route(config, "a").failover();
        assertThat(top.retries()).isEqualTo(2);
        assertThat(own.retries()).isZero();
        assertThat(own.firstToken())
                .isEqualTo(new Sourced<>(Span.ofSeconds(60), "failover.first-token"));
        assertThat(own.backoff())
                .isEqualTo(new Backoff(Span.ofSeconds(1), Span.ofSeconds(2), Backoff.Jitter.FULL));
        assertThat(own.midStream()).isEqualTo(new MidStream(MidStream.Mode.HOLD, Size.ofMiB(1)));
        assertThat(own.when()).isEqualTo(Failover.DEFAULT.when());
    }

    @ParameterizedTest
    @CsvSource({
        "\"${KEY_A}\",1",
        "'\"${KEY_A}\", \"${NONE:-}\"',1",
        "'\"${NONE:-}\"',0",
        "'sk-1, sk-1, sk-2',2",
    })
    void emptyKeysAndSecondOnes_areLeftOut(String keys, int count) {
        String yaml = provider("api-keys: [" + keys + "]");

        ApiKey key =
                Objects.requireNonNull(Loading.config(yaml, KEYS).providers().get("p")).apiKey();

        assertThat(key instanceof ApiKey.Fixed fixed ? fixed.keys().size() : 0).isEqualTo(count);
    }

    @ParameterizedTest(name = "{0} → {1}")
    @MethodSource({"decisions", "waits"})
    void routesMistake_isRefusedExactly(String fields, String problem) {
        String yaml = Loading.PROVIDER + "routes:\n  c: {targets: [vllm/x], " + fields + "}\n";

        assertThat(Loading.problems(yaml)).containsExactly("e.yaml:3: routes.c." + problem);
    }

    static Stream<Arguments> decisions() {
        return Stream.of(
                row("failover: {when: [conect]}", "failover.when: unknown trigger; write connect"),
                row(
                        "failover: {when: [status-503]}",
                        "failover.when: unknown trigger; write status-5xx"),
                row(
                        "failover: {when: connect}",
                        "failover.when: a list is expected here; write for example [connect,"
                                + " first-token]"),
                row(
                        "failover: {first_token: 3m}",
                        "failover.first_token: unknown key; write first-token"),
                row(
                        "failover: {first-token: 180}",
                        "failover.first-token: \"180\" has no unit; write 180s or 180ms"),
                row(
                        "failover: {retries: -1}",
                        "failover.retries: a whole number is expected here; write 0 to 10"),
                row(
                        "failover: {retries: 11}",
                        "failover.retries: a whole number is expected here; write 0 to 10"),
                row(
                        "failover: {mid-stream: continues}",
                        "failover.mid-stream: unknown value; write continue"),
                row(
                        "failover: {hold-max: 8MB}",
                        "failover.hold-max: \"8MB\" is not a size; write for example 512B, 64KiB,"
                                + " 32MiB or 1GiB"),
                row("upstream: stream", "upstream: unknown value; write streamed"));
    }

    static Stream<Arguments> waits() {
        return Stream.of(
                row(
                        "failover: {retry-after-max: off}",
                        "failover.retry-after-max: this time cannot be off; write a duration"),
                row(
                        "failover: {reserve: off}",
                        "failover.reserve: this time cannot be off; write a duration"),
                row(
                        "failover: {backoff: {base: 9s}}",
                        "failover.backoff.base: base 9s is longer than max 8s; write 8s"),
                row(
                        "failover: {backoff: {max: 100ms}}",
                        "failover.backoff.max: max 100ms is shorter than base 250ms; write 250ms"),
                row(
                        "failover: {backoff: {jitter: ful}}",
                        "failover.backoff.jitter: unknown value; write full"),
                row(
                        "failover: {hedge: 20s}",
                        "failover.hedge: a hedge is off or has a time; write off, or {after: 20s}"),
                row(
                        "failover: {hedge: {}}",
                        "failover.hedge.after: this key is missing; write for example after: 20s"),
                row(
                        "failover: {hedge: {after: off}}",
                        "failover.hedge.after: this time cannot be off; write a duration"));
    }

    @ParameterizedTest(name = "{0} → {1}")
    @MethodSource
    void targetsMistake_isRefusedExactly(String targets, String problem) {
        String yaml = Loading.PROVIDER + "routes:\n  c: {targets: " + targets + "}\n";

        assertThat(Loading.problems(yaml))
                .containsExactly("e.yaml:3: routes.c.targets: " + problem);
    }

    static Stream<Arguments> targetsMistake_isRefusedExactly() {
        return Stream.of(
                row("[[vllm/a, vlm/b]]", "no provider of that name for \"vlm/b\"; write vllm"),
                row("[vllm/a, []]", "a route needs a target; write for example [vllm/my-model]"),
                row(
                        "[vllm/a, [[vllm/b]]]",
                        "one value is expected here; write it as text, without braces, brackets or"
                                + " tag"),
                row(
                        "[vllm/a, [vllm/a]]",
                        "\"vllm/a\" stands here twice; write it once, and retries for more"));
    }

    @ParameterizedTest(name = "{0} → {1}")
    @MethodSource
    void providersMistake_isRefusedExactly(String fields, String problem) {
        assertThat(Loading.problems(provider(fields)))
                .containsExactly("e.yaml:2: providers.p." + problem);
    }

    static Stream<Arguments> providersMistake_isRefusedExactly() {
        return Stream.of(
                row(
                        "api-key: a, api-keys: [b]",
                        "api-keys: api-key and api-keys stand side by side; write only one of"
                                + " them"),
                row(
                        "api-keys: sk-1",
                        "api-keys: a list is expected here; write for example [\"${KEY_A}\","
                                + " \"${KEY_B}\"]"),
                row(
                        "api-keys: [pass-through]",
                        "api-keys: it stands among keys; write api-key: pass-through instead of"
                                + " the list"),
                row(
                        "api-keys: [\"s3cret x\"]",
                        "api-keys: it has a character that no key has; write it without spaces or"
                                + " line ends"),
                row("http-version: 3", "http-version: unknown value; write 2"),
                row(
                        "max-in-flight: 0",
                        "max-in-flight: not a number of attempts; write off, or 1 to 1000000"),
                row(
                        "max-in-flight: 1, queue: 0s",
                        "queue: 0 could mean \"never\" or \"default\"; write a duration"),
                row(
                        "max-in-flight: 1, queue: off",
                        "queue: this time cannot be off; write a duration"),
                row("continuation: prefil", "continuation: unknown value; write prefill"),
                row(
                        "breaker: {failures: 0}",
                        "breaker.failures: a whole number is expected here; write 1 to 1000000"),
                row(
                        "breaker: {last-resort: 0}",
                        "breaker.last-resort: a whole number is expected here; write 1 to 1000000"),
                row(
                        "breaker: {cooldown: 10m}",
                        "breaker.cooldown: cooldown 10m is longer than cooldown-max 5m; write a"
                                + " longer cooldown-max"),
                row(
                        "breaker: {window: off}",
                        "breaker.window: this time cannot be off; write a duration"));
    }

    @Test
    void queueThatNobodyJoins_isWarnedOf() {
        assertThat(Loading.warnings(provider("queue: 5s")))
                .containsExactly(
                        "e.yaml:2: providers.p.queue: nobody ever queues, as max-in-flight is off;"
                                + " write max-in-flight beside it");
    }

    private static String provider(String fields) {
        return "providers:\n  p: {dialect: openai, base-url: \"http://h/v1\", " + fields + "}\n";
    }

    private static Route route(Config config, String name) {
        return Objects.requireNonNull(config.routes().get(name));
    }

    private static TargetRef target(String text) {
        return TargetRef.parse(text);
    }

    private static Arguments row(String yaml, String problem) {
        return Arguments.of(yaml, problem);
    }
}
