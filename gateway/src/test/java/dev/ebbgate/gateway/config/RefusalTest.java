package dev.ebbgate.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What is refused at start: exact text, line and key path. [Loading#PROVIDER] is line 1 where a
/// text is about something else.
class RefusalTest {

    private static final String DURATION = "; write for example 500ms, 90s or 1h30m";
    private static final String ZERO =
            "0 could mean \"never\" or \"default\"; write off, or leave it out to inherit";
    private static final String PEM = "; write the path of a PEM file with certificates";
    private static final String PROXY =
            "proxy: not an HTTP proxy's address; write off, or an address such as"
                    + " http://proxy.example:3128";
    private static final String BOUND =
            "stream-idle lies within 5s to 1h; write a value in these bounds, off, or other"
                    + " bounds.stream-idle";

    @ParameterizedTest(name = "{0} → {1}")
    @MethodSource({"waiting", "limits", "structure", "listening", "routes"})
    @DisplayName("O2 O6 each mistake is named with its line, key path and what to write")
    void mistake_isRefusedExactly(String yaml, String problem) {
        assertThat(Loading.problems(Loading.PROVIDER + yaml))
                .containsExactly("e.yaml:2: " + problem);
    }

    static Stream<Arguments> waiting() {
        return Stream.of(
                row(
                        "timeouts: {first-token: soon}",
                        "timeouts.first-token: \"soon\" is not a duration" + DURATION),
                row(
                        "timeouts: {first-token: 90}",
                        "timeouts.first-token: \"90\" has no unit; write 90s or 90ms"),
                row("timeouts: {first-token: 0}", "timeouts.first-token: " + ZERO),
                row("timeouts: {first-token: 0s}", "timeouts.first-token: " + ZERO),
                row("timeout: 0", "timeout: " + ZERO),
                row(
                        "timeouts: {first-token: }",
                        "timeouts.first-token: nothing is written here; write a value, or remove"
                                + " the key"),
                row("timeouts: {stream-idle: 4s}", "timeouts.stream-idle: " + BOUND),
                row(
                        "timeouts: {stream-idle: 3601s, request: off}",
                        "timeouts.stream-idle: " + BOUND),
                row(
                        "timeout: 3s",
                        "timeout: it also sets stream-idle, which lies within 5s to 1h; write"
                                + " timeouts.stream-idle beside it"),
                row(
                        "bounds: {connect: [2s, 1s]}",
                        "bounds.connect: the lower bound comes first; write for example [5s, 1h]"),
                row(
                        "bounds: {connect: 5s}",
                        "bounds.connect: a list is expected here; write for example [5s, 1h]"),
                row(
                        "bounds: {connect: [2s]}",
                        "bounds.connect: bounds are two durations; write for example [5s, 1h]"),
                row(
                        "overrides: {first-token: {max: 5}}",
                        "overrides.first-token.max: \"5\" has no unit; write 5s or 5ms"),
                row("overrides: {stream-idle: {max: 2h}}", "overrides.stream-idle.max: " + BOUND),
                row(
                        "keep-alive: never",
                        "keep-alive: a keep-alive is off or has two times; write off, or"
                                + " {after: 15s, every: 15s}"),
                row(
                        "timeouts: {first-token: 10m, request: 5m}",
                        "timeouts.first-token: first-token 10m is longer than request 5m"
                                + " (timeouts.request); write at most 5m, or a longer request"));
    }

    static Stream<Arguments> limits() {
        return Stream.of(
                row(
                        "limits: {drain: off}",
                        "limits.drain: this wait guards the gateway and cannot be off; write a"
                                + " duration"),
                row(
                        "limits: {after-finish: 0s}",
                        "limits.after-finish: this wait guards the gateway and cannot be 0s; write"
                                + " a duration"),
                row(
                        "limits: {event: 64}",
                        "limits.event: \"64\" is not a size; write for example 512B, 64KiB, 32MiB"
                                + " or 1GiB"),
                row("limits: {event: 2GiB}", "limits.event: too large; write at most 1GiB"),
                row(
                        "limits: {exchanges: 0}",
                        "limits.exchanges: a number of exchanges is expected; write 1 to 1000000"));
    }

    static Stream<Arguments> structure() {
        return Stream.of(
                row(
                        "version: 2",
                        "version: this version of the file is not known; write version: 1"),
                row("timeout_s: 5s", "timeout_s: unknown key; write timeouts"),
                row(
                        "timeouts: {streamIdle: 5s}",
                        "timeouts.streamIdle: unknown key; write stream-idle"),
                row("listen: {address: x}", "listen.address: unknown key; write one of host, port"),
                row(
                        "timeouts: 5s",
                        "timeouts: keys and values are expected here; write them as key: value, or"
                                + " in braces"),
                row(
                        "timeouts: {connect: [5s]}",
                        "timeouts.connect: one value is expected here; write it as text, without"
                                + " braces, brackets or tag"),
                row(
                        "timeouts: {connect: !mine 5s}",
                        "timeouts.connect: one value is expected here; write it as text, without"
                                + " braces, brackets or tag"),
                row(
                        "timeouts: {connect: 5s, connect: 6s}",
                        "timeouts.connect: this key stands here twice; write it once"),
                row("timeouts: {[a]: 6s}", "timeouts: a key is text; write it without brackets"),
                row(
                        "timeouts: {connect: \"${NOPE}\"}",
                        "timeouts.connect: the variable NOPE is not set; write export NOPE=… before"
                                + " the start, or ${NOPE:-} here"),
                row(
                        "timeouts: {connect: \"${\"}",
                        "timeouts.connect: ${ begins no variable; write ${NAME} or"
                                + " ${NAME:-default}"));
    }

    static Stream<Arguments> listening() {
        return Stream.of(
                row(
                        "listen: {port: 70000}",
                        "listen.port: a port lies in 0..65535; write for example 12000"),
                row(
                        "listen: {port: http}",
                        "listen.port: a port lies in 0..65535; write for example 12000"),
                row(
                        "listen: {host: \"a b\"}",
                        "listen.host: not a host; write for example 127.0.0.1 or 0.0.0.0"),
                row(
                        "listen: {host: 0.0.0.0}",
                        "listen.host: other machines could reach it and no key is asked; write"
                                + " auth.keys, or 127.0.0.1"),
                row(
                        "auth: {keys: {a: \"\"}}",
                        "auth.keys.a: an empty key would let anyone in; write a long random one"),
                row(
                        "auth: {keys: {a: \"two words\"}}",
                        "auth.keys.a: it has a character that no key has; write it without spaces"
                                + " or line ends"));
    }

    static Stream<Arguments> routes() {
        return Stream.of(
                row(
                        "routes: {c: {targets: [gpt]}}",
                        "routes.c.targets: \"gpt\" is not a target; write provider/model"),
                row(
                        "routes: {c: {targets: [vlm/gpt]}}",
                        "routes.c.targets: no provider of that name for \"vlm/gpt\"; write vllm"),
                row(
                        "routes: {c: {targets: []}}",
                        "routes.c.targets: a route needs a target; write for example"
                                + " [vllm/my-model]"),
                row(
                        "routes: {c: {targets: vllm/x}}",
                        "routes.c.targets: a list is expected here; write for example"
                                + " [vllm/my-model]"),
                row(
                        "routes: {c: }",
                        "routes.c.targets: this key is missing; write for example targets:"
                                + " [vllm/my-model]"),
                row(
                        "routes: {c: {targets: [\"vllm/*\"]}}",
                        "routes.c.targets: only a pattern's target has a star; write the model"
                                + " after the slash"),
                row(
                        "routes: {\"c*\": {targets: [\"vllm/c*\"]}}",
                        "routes.c*.targets: a star stands for the whole model; write vllm/*"),
                row(
                        "routes: {c: {targets: [vllm/x], timeouts: {stream-idle: 1s}}}",
                        "routes.c.timeouts.stream-idle: " + BOUND));
    }

    @ParameterizedTest(name = "{0} → {1}")
    @MethodSource({"dialectsAndAddresses", "waysToIt"})
    void provider_isRefusedExactly(String fields, String problem) {
        String yaml = "providers:\n  p: {" + fields + "}\n";

        assertThat(Loading.problems(yaml)).containsExactly("e.yaml:2: providers.p." + problem);
    }

    static Stream<Arguments> dialectsAndAddresses() {
        String url = "base-url: \"http://h/v1\"";
        return Stream.of(
                row(url, "dialect: this key is missing; write for example dialect: openai"),
                row(
                        "dialect: openai",
                        "base-url: this key is missing; write for example base-url:"
                                + " https://api.openai.com/v1"),
                row("dialect: opnai, " + url, "dialect: unknown dialect; write openai"),
                row(
                        "dialect: openai, " + url + ", base_url: x",
                        "base_url: unknown key; write base-url"),
                row(
                        "dialect: openai, base-url: \"ftp://h\"",
                        "base-url: not an http or https address; write http:// or https://"
                                + " before the host"),
                row(
                        "dialect: openai, base-url: \"http://u:p@h\"",
                        "base-url: credentials have no place in an address; write them under"
                                + " api-key or headers"),
                row(
                        "dialect: openai, base-url: \"http://h?k=v\"",
                        "base-url: a query or fragment has no place here; write the address up to"
                                + " its path"),
                row(
                        "dialect: openai, " + url + ", headers: {\"a b\": c}",
                        "headers.a b: not a header's name; write letters, digits and dashes"),
                row(
                        "dialect: openai, " + url + ", headers: {Host: c}",
                        "headers.Host: the gateway itself writes this header; write another, or"
                                + " none"),
                row(
                        "dialect: openai, " + url + ", headers: {Accept-Encoding: gzip}",
                        "headers.Accept-Encoding: the gateway itself writes this header; write"
                                + " another, or none"),
                row(
                        "dialect: openai, " + url + ", headers: {x: \"a\\nb\"}",
                        "headers.x: not a header's value; write visible ASCII characters on one"
                                + " line"));
    }

    static Stream<Arguments> waysToIt() {
        String url = "base-url: \"http://h/v1\"";
        return Stream.of(
                row("dialect: openai, " + url + ", proxy: \"socks5://h:1\"", PROXY),
                row("dialect: openai, " + url + ", ca-file: \"\"", "ca-file: an empty path" + PEM),
                row(
                        "dialect: openai, " + url + ", ca-file: none/ca.pem",
                        "ca-file: there is no such file" + PEM),
                row(
                        "dialect: openai, " + url + ", ca-file: src/test",
                        "ca-file: this is no file" + PEM),
                row(
                        "dialect: openai, " + url + ", ca-file: \"a\\0b\"",
                        "ca-file: not a path" + PEM),
                row(
                        "dialect: openai, " + url + ", ca-file: pom.xml",
                        "ca-file: the file has no line -----BEGIN CERTIFICATE-----" + PEM),
                row(
                        "dialect: openai, " + url + ", ca-file: src/test/resources/broken.pem",
                        "ca-file: a certificate in the file is broken" + PEM),
                row("dialect: openai, " + url + ", proxy: none", PROXY),
                row("dialect: openai, " + url + ", proxy: \"https://proxy:443\"", PROXY),
                row("dialect: openai, " + url + ", proxy: \"http://pro xy:1\"", PROXY),
                row("dialect: openai, " + url + ", proxy: \"http://...:1\"", PROXY),
                row(
                        "dialect: openai, " + url + ", proxy: \"http://proxy:99999\"",
                        "proxy: a port lies in 1..65535; write off, or an address such as"
                                + " http://proxy.example:3128"));
    }

    @Test
    void allProblems_areInOneReportInTheOrderOfTheirLines() {
        String yaml =
                """
                listen: {port: x}
                timeouts:
                  first-token: 10
                  stream-idle: 1s
                providers:
                  a: {dialect: openai, base-url: nowhere, api-key: "${A_KEY}"}
                  b: {dialect: openai, base_url: "http://h", api-key: "${B_KEY}"}
                routes:
                  c: {targets: [a/x, d/y]}
                """;

        assertThat(Loading.problems(yaml))
                .extracting(line -> line.replaceFirst("(e.yaml:\\d+: [^ ]+): .*", "$1"))
                .containsExactly(
                        "e.yaml:1: listen.port",
                        "e.yaml:3: timeouts.first-token",
                        "e.yaml:4: timeouts.stream-idle",
                        "e.yaml:6: providers.a.base-url",
                        "e.yaml:6: providers.a.api-key",
                        "e.yaml:7: providers.b.base_url",
                        "e.yaml:7: providers.b.api-key",
                        "e.yaml:9: routes.c.targets");
    }

    @ParameterizedTest
    @MethodSource
    void textThatIsNoConfiguration_isOneProblem(String yaml, String problem) {
        List<String> problems = Loading.problems(yaml);

        assertThat(problems).first().asString().startsWith("e.yaml:" + problem);
        assertThat(problems).allSatisfy(line -> assertThat(line).contains("; write "));
    }

    static Stream<Arguments> textThatIsNoConfiguration_isOneProblem() {
        return Stream.of(
                row("", "1: yaml: the file is empty"),
                row("# only this\n", "1: yaml: the file is empty"),
                row("- a\n- b\n", "1: yaml: keys and values are expected"),
                row("version: 1\n", "1: providers: no provider is configured"),
                row("a: [1\nb: 2\n", "2: yaml: not YAML: "),
                row("a: 1\n\tb: 2\n", "2: yaml: a tab at the start of a line or word; "),
                row("a:\n  b: 1\n c: 2\n", "3: yaml: a key or item that does not stand"),
                row("just text", "1: yaml: keys and values are expected"),
                row("a: *s3cret\n", "1: yaml: an alias without its anchor"),
                row("a: 1\nb: \u0000\n", "2: yaml: a character YAML does not allow"),
                row("[".repeat(100_000), "1: yaml: "),
                row("---\na: 1\n---\nb: 1\n", "3: yaml: not YAML: "));
    }

    @Test
    void providersThatAreNoNames_areOneProblem() {
        assertThat(Loading.problems("providers:\n  - name: vllm\n"))
                .containsExactly(
                        "e.yaml:1: providers: keys and values are expected here; write them as key:"
                                + " value, or in braces");
    }

    @Test
    void shorthands_areToldTheLongForm() {
        String yaml = Loading.PROVIDER + "routes: {c: vllm/x}\nlisten: 0.0.0.0:1\n";

        assertThat(Loading.problems(yaml))
                .containsExactly(
                        "e.yaml:2: routes.c: a route has targets; write for example {targets:"
                                + " [vllm/my-model]}",
                        "e.yaml:3: listen: keys and values are expected here; write for example"
                                + " {host: 127.0.0.1, port: 12000}");
    }

    @Test
    void providerThatIsTheGateway_isRefused() {
        String yaml =
                """
                providers:
                  p: {dialect: OpenAI, base-url: "http://...:8000"}
                  q: {dialect: openai, base-url: "http://localhost:12000/v1"}
                """;

        assertThat(Loading.problems(yaml))
                .containsExactly(
                        "e.yaml:2: providers.p.dialect: unknown dialect; write openai",
                        "e.yaml:2: providers.p.base-url: host, port or path are not as an address"
                                + " has them; write http://HOST:PORT/PATH",
                        "e.yaml:3: providers.q.base-url: the gateway itself listens there; write"
                                + " the provider's address, or another listen.port");
    }

    @Test
    void keyWithALineEnd_staysOnOneLine() {
        String yaml = Loading.PROVIDER + "timeouts: {\"a\\nb\": 1s, connect: \"\\n\"}\n";

        assertThat(Loading.problems(yaml))
                .hasSize(2)
                .noneMatch(line -> line.contains("\n"))
                .first()
                .asString()
                .startsWith("e.yaml:2: timeouts.a b: unknown key; write one of ");
    }

    @Test
    void secrets_areNeverRepeated() {
        String yaml =
                """
                listen: {host: "${S}", port: "${S}"}
                timeouts: {connect: "${S}"}
                limits: {event: "${S}"}
                auth: {keys: {a: "s3cret x"}}
                providers:
                  p:
                    dialect: "${S}"
                    base-url: "http://u:s3cret@h"
                    api-key: "s3cret y"
                    headers: {x: "s3cret\\n"}
                    proxy: "s3cret://h"
                routes: {c: {targets: ["${S}", "${S}/x"]}}
                """;

        List<String> problems = Loading.problems(yaml, Map.of("S", "s3cret !"));

        assertThat(problems).hasSizeGreaterThan(9);
        assertThat(problems).noneMatch(line -> line.contains("s3cret"));
        assertThat(problems).allMatch(line -> line.contains("; write "));
    }

    private static Arguments row(String yaml, String problem) {
        return Arguments.of(yaml, problem);
    }
}
