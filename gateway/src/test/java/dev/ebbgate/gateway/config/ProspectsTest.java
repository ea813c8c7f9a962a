package dev.ebbgate.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.stream.Stream;

/// What is warned of when failover cannot do what it is meant for.
class ProspectsTest {

    private static final String PROVIDERS =
            """
            providers:
              a: {dialect: openai, base-url: "http://127.0.0.1:8000/v1"}
              b: {dialect: openai, base-url: "http://127.0.0.1:8001/v1"}
              c: {dialect: openai, base-url: "http://127.0.0.1:8002/v1", continuation: prefill}
              claude: {dialect: anthropic, base-url: "https://api.anthropic.com"}
            routes:
            """;

    @ParameterizedTest(name = "{0} → {1}")
    @MethodSource
    void failoverThatCannotWork_isWarnedOf(String route, String warning) {
        assertThat(Loading.warnings(PROVIDERS + "  r: {" + route + "}\n"))
                .containsExactly("e.yaml:7: routes.r." + warning);
    }

    static Stream<Arguments> failoverThatCannotWork_isWarnedOf() {
        return Stream.of(
                row(
                        "targets: [a/x, a/y]",
                        "targets: all targets are on one provider, which may fail as a whole;"
                                + " write a target of another one"),
                row(
                        "targets: [a/x, claude/opus]",
                        "targets: [claude/opus] speak another dialect than the first target and"
                                + " are skipped for its requests, as nothing is translated yet;"
                                + " write targets of the openai dialect"),
                row(
                        "targets: [a/x, b/y], failover: {when: []}",
                        "failover.when: no failure ever leads to the next target, as when is"
                                + " empty; write for example [connect, first-token], or one"
                                + " target"),
                row(
                        "targets: [a/x, b/y], failover: {mid-stream: continue}",
                        "failover.mid-stream: no target behind the first goes on with what another"
                                + " began, and error is in force; write continuation: prefill for"
                                + " its provider, or error"),
                row(
                        "targets: [a/x, b/y], failover: {mid-stream: hold, hold-max: 1GiB}",
                        "failover.hold-max: hold-max 1GiB is more than limits.buffered 256MiB"
                                + " lets all exchanges hold together; write at most 256MiB"),
                row(
                        "targets: [a/x], failover: {hedge: {after: 20s}}",
                        "failover.hedge: there is no other target to start; write one, or off"),
                row(
                        "targets: [a/x, b/y], failover: {hedge: {after: 3m}}",
                        "failover.hedge: after 3m nothing is waited for any more, as a/x may be"
                                + " silent for 3m; write a shorter after"),
                row(
                        "targets: [a/x, b/y], timeouts: {first-token: 5m, request: 6m}",
                        "targets: b/y may get only 1m of its first-token 5m, as request is 6m;"
                                + " write a longer request, or a shorter first-token"));
    }

    @Test
    void targetWithNothingLeft_isWarnedOf() {
        String route = "targets: [a/x, b/y, c/z], timeouts: {request: 1500ms}";

        assertThat(Loading.warnings(PROVIDERS + "  r: {" + route + "}\n"))
                .satisfiesExactly(
                        line -> assertThat(line).contains("a/x may get only 500ms of"),
                        line -> assertThat(line).contains("b/y may get only 500ms of"),
                        line ->
                                assertThat(line)
                                        .contains("c/z is never tried after silence, as nothing"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "targets: [a/x]",
                "targets: [a/x, b/y]",
                "targets: [[a/x, b/y], c/z]",
                "targets: [a/x, b/y], failover: {mid-stream: hold}",
                "targets: [a/x, b/y], timeouts: {first-token: 25m}",
                "targets: [a/x, b/y], failover: {first-token: off}, timeouts: {request: off}",
            })
    void failoverThatWorks_isNotWarnedOf(String route) {
        assertThat(Loading.warnings(PROVIDERS + "  r: {" + route + "}\n")).isEmpty();
    }

    private static Arguments row(String route, String warning) {
        return Arguments.of(route, warning);
    }
}
