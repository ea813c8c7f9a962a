package dev.ebbgate.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ConsistencyTest {

    @Test
    void requestOfARouteBelowItsProvidersFirstToken_isRefusedAtTheRoute() {
        String yaml =
                """
                providers:
                  p: {dialect: openai, base-url: "http://h/v1", timeouts: {first-token: 25m}}
                routes:
                  c:
                    targets: [p/x]
                    timeouts:
                      request: 10m
                """;

        assertThat(Loading.problems(yaml))
                .containsExactly(
                        "e.yaml:7: routes.c.timeouts.request: request 10m is shorter than"
                                + " first-token 25m (providers.p.timeouts.first-token); write at"
                                + " least 25m, or a shorter first-token beside it");
    }

    @Test
    void contradictionBesideATargetThatIsMissing_isToldInTheSameReport() {
        String yaml =
                Loading.PROVIDER
                        + """
                        routes:
                          typo: {targets: [vlm/x], timeouts: {first-token: 2h, request: 1h}}
                          none: {timeouts: {first-token: 3h, request: 1h}}
                        """;

        assertThat(Loading.problems(yaml))
                .containsExactly(
                        "e.yaml:3: routes.typo.targets: no provider of that name for \"vlm/x\";"
                                + " write vllm",
                        "e.yaml:3: routes.typo.timeouts.first-token: first-token 2h is longer than"
                                + " request 1h (routes.typo.timeouts.request); write at most 1h, or"
                                + " a longer request",
                        "e.yaml:4: routes.none.targets: this key is missing; write for example"
                                + " targets: [vllm/my-model]",
                        "e.yaml:4: routes.none.timeouts.first-token: first-token 3h is longer than"
                                + " request 1h (routes.none.timeouts.request); write at most 1h, or"
                                + " a longer request");
    }

    @Test
    void contradictionWithoutAnyProvider_isToldInTheSameReport() {
        assertThat(Loading.problems("timeouts: {first-token: 2h, request: 1h}"))
                .containsExactlyInAnyOrder(
                        "e.yaml:1: providers: no provider is configured; write for example {openai:"
                                + " {dialect: openai, base-url: \"https://api.openai.com/v1\"}}",
                        "e.yaml:1: timeouts.first-token: first-token 2h is longer than request 1h"
                                + " (timeouts.request); write at most 1h, or a longer request");
    }

    @Test
    @DisplayName("N3 the legacy timeout counts as written")
    void legacyTimeoutAboveRequest_isRefused() {
        String yaml = Loading.PROVIDER + "timeout: 10m\ntimeouts: {request: 5m}\n";

        assertThat(Loading.problems(yaml))
                .containsExactly(
                        "e.yaml:2: timeout: first-token 10m is longer than request 5m"
                                + " (timeouts.request); write at most 5m, or a longer request");
    }

    @Test
    @DisplayName("O7 limits are independent: none is derived from another")
    void limitsThatCanAllFire_areLegal() {
        String yaml = Loading.PROVIDER + "timeouts: {request: 3600s, stream-idle: 300s}\n";

        assertThat(Loading.warnings(yaml)).isEmpty();
    }

    @Test
    void defaultAboveAWrittenRequest_isNoContradiction() {
        String yaml = Loading.PROVIDER + "timeouts: {request: 5m}\n";

        assertThat(Loading.warnings(yaml)).isEmpty();
    }

    @Test
    void firstTokenThatIsOff_contradictsNothing() {
        String yaml = Loading.PROVIDER + "timeouts: {first-token: off, request: 5m}\n";

        assertThat(Loading.warnings(yaml)).isEmpty();
    }

    @Test
    void limitThatCanNeverFire_isWarnedOf() {
        String yaml =
                Loading.PROVIDER
                        + "timeouts:\n  first-token: 2h\n  no-progress: 10m\n  attempt: 5m\n";

        assertThat(Loading.warnings(yaml))
                .containsExactly(
                        "e.yaml:3: timeouts.first-token: first-token 2h can never fire, as request"
                                + " is 1h (default); write at most 1h, or a longer request",
                        "e.yaml:4: timeouts.no-progress: no-progress 10m can never fire, as"
                                + " attempt is 5m (timeouts.attempt); write at most 5m, or a longer"
                                + " attempt");
    }

    /// Silence is no progress either: the shorter of the two always comes first.
    @Test
    void streamIdleAboveNoProgress_isWarnedOf() {
        String yaml =
                """
                providers:
                  p: {dialect: openai, base-url: "http://h/v1", timeouts: {no-progress: 1m}}
                routes:
                  r:
                    targets: [p/m]
                    timeouts: {stream-idle: 5m}
                """;

        assertThat(Loading.warnings(yaml))
                .containsExactly(
                        "e.yaml:6: routes.r.timeouts.stream-idle: stream-idle 5m can never fire, as"
                                + " no-progress is 1m (providers.p.timeouts.no-progress); write at"
                                + " most 1m, or a longer no-progress");
    }

    @Test
    void addressOfAnOperation_isWarnedOf() {
        String yaml =
                """
                providers:
                  o: {dialect: openai, base-url: "https://h/v1/chat/completions"}
                """;

        assertThat(Loading.warnings(yaml))
                .containsExactly(
                        "e.yaml:2: providers.o.base-url: the gateway adds the operation itself;"
                                + " write the address up to there");
    }

    @Test
    void routeThatNoNameReaches_isWarnedOf() {
        String yaml =
                Loading.PROVIDER
                        + "routes:\n"
                        + "  \"g*\": {targets: [vllm/a]}\n"
                        + "  \"g**\": {targets: [vllm/b]}\n";

        assertThat(Loading.warnings(yaml))
                .containsExactly(
                        "e.yaml:4: routes.g**: no name ever reaches this route, as g* takes the"
                                + " same ones; write another pattern, or remove it");
    }

    @Test
    void addressCopiedFromTheOtherDialect_isWarnedOf() {
        String yaml =
                """
                providers:
                  a: {dialect: anthropic, base-url: "https://api.anthropic.com/v1"}
                  o: {dialect: openai, base-url: "https://api.openai.com"}
                """;

        assertThat(Loading.warnings(yaml))
                .containsExactly(
                        "e.yaml:2: providers.a.base-url: the Anthropic dialect adds /v1 itself;"
                                + " write it without /v1",
                        "e.yaml:3: providers.o.base-url: an OpenAI address has a path; write it"
                                + " with /v1 at its end");
    }

    @Test
    void keyForClients_letsOtherMachinesIn() {
        String yaml =
                Loading.PROVIDER + "listen: {host: 0.0.0.0}\nauth: {keys: {agents: k-1234}}\n";

        assertThat(Loading.config(yaml).listen().isLoopback()).isFalse();
    }
}
