package dev.ebbgate.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// docs/ebbgate.schema.json says of a file what the loader says, as far as a schema can.
class SchemaTest {

    private static final Schema SCHEMA =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(
                            DocumentsTest.text(
                                    Path.of(System.getProperty("ebbgate.root", ".."))
                                            .resolve("docs/ebbgate.schema.json")),
                            InputFormat.JSON);

    @Test
    void sample_isValid() {
        assertThat(errors(Sample.YAML)).isEmpty();
    }

    @Test
    void whatDiscoveryWrites_isValid() {
        assertThat(errors(Discovery.fromEnvironment(Sample.ENVIRONMENT).yaml())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "keep-alive: off",
                "timeouts:",
                "timeout: 1h",
                "timeouts: {first-token: 1h30m, request: off}",
                "listen: {port: \"${PORT:-80}\"}",
                "limits: {event: \"${SIZE:-1MiB}\"}",
                "bounds: {connect: [1s, off]}",
                "routes: {\"*\": {targets: [\"vllm/*\"], keep-alive: {every: off}}}",
                "routes: {c: {targets: [[vllm/a, vllm/b], vllm/c], upstream: streamed}}",
                "failover: {when: [], first-token: off, retries: 0, hedge: off}",
                "failover: {backoff: {base: 1s, jitter: none}, hedge: {after: 20s}}",
                "ledger: off",
                "ledger: {path: /var/lib/ebbgate/ledger.db, retention: {entries: 48h, hours: off}}",
                "ledger: {url: \"jdbc:postgresql://db/e\", user: e, password: \"${P:-p}\"}",
                "failover: {mid-stream: continue, hold-max: 1MiB, reserve: 5s}",
                "events:",
                "events: {stdout: on, file: events.jsonl}",
                "events: {webhook: {url: \"https://example.com/h\", secret: s3, queue: 5}}",
                "events: {webhook: {url: \"http://127.0.0.1:9/\", timeout: 5s, retry-for: 1m}}",
                "routes: {c: {targets: [vllm/a], consumer-cancels-after: 660s}}",
                "telemetry:",
                "telemetry: off",
                "telemetry: {otlp: {endpoint: \"http://127.0.0.1:4318\", sample: 0.1, every: 15s}}",
                "telemetry: {otlp: {endpoint: \"https://c\", headers: {a: b}, traces: off}}",
            })
    void goodFile_isValidForBoth(String yaml) {
        assertThat(Loading.config(Loading.PROVIDER + yaml)).isNotNull();
        assertThat(errors(Loading.PROVIDER + yaml)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "version: 2",
                "time-outs: {connect: 5s}",
                "events: {stdout: yes}",
                "events: {webhook: {secret: s3}}",
                "events: {webhook: {url: \"ftp://example.com\"}}",
                "events: {webhook: {url: \"http://127.0.0.1:9/\", timeout: off}}",
                "events: {webhook: {url: \"http://127.0.0.1:9/\", queue: 0}}",
                "routes: {c: {targets: [vllm/a], consumer-cancels-after: 660}}",
                "telemetry: on",
                "telemetry: {otlp: {endpoint: \"collector:4318\"}}",
                "telemetry: {otlp: {endpoint: \"http://c\", sample: 10}}",
                "telemetry: {otlp: {endpoint: \"http://c\", traces: yes}}",
                "telemetry: {otlp: {endpoint: \"http://c\", timeout: off}}",
                "timeouts: {connect: 5}",
                "timeouts: {connect: 0s}",
                "timeouts: {connect: soon}",
                "timeouts: {first_token: 5s}",
                "timeout: 300",
                "keep-alive: on",
                "keep-alive: {after: 5}",
                "bounds: {stream-idle: [5s]}",
                "bounds: {stream-idle: [off, 5s]}",
                "overrides: {first-token: 30m}",
                "limits: {drain: off}",
                "limits: {event: 64MB}",
                "limits: {exchanges: 0}",
                "listen: {port: 70000}",
                "routes: {c: {targets: []}}",
                "routes: {c: {targets: [gpt]}}",
                "routes: {c: {}}",
                "routes: {c: {targets: [vllm/a, []]}}",
                "routes: {c: {targets: [vllm/a], upstream: stream}}",
                "ledger: on",
                "ledger: {path: \"\"}",
                "ledger: {path: a, url: \"jdbc:postgresql://db/e\"}",
                "ledger: {url: \"jdbc:mysql://db/e\"}",
                "ledger: {url: \"jdbc:postgresql://me:pw@db/e\"}",
                "ledger: {user: me}",
                "ledger: {retention: {entries: 0s}}",
                "ledger: {retention: {days: 30}}",
                "failover: {when: [timeout]}",
                "failover: {retries: -1}",
                "failover: {hedge: 20s}",
                "failover: {hedge: {}}",
                "failover: {reserve: off}",
                "failover: {backoff: {jitter: some}}",
                "failover: {mid-stream: held}",
            })
    void badFile_isRefusedByBoth(String yaml) {
        assertThat(Loading.problems(Loading.PROVIDER + yaml, Map.of())).isNotEmpty();
        assertThat(errors(Loading.PROVIDER + yaml)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "providers: {}",
                "routes: {}",
                "providers: {p: {dialect: openai}}",
                "providers: {p: {base-url: \"http://h\"}}",
                "providers: {p: {dialect: gemini, base-url: \"http://h\"}}",
                "providers: {p: {dialect: openai, base-url: \"ftp://h\"}}",
                "providers: {p: {dialect: openai, base-url: \"http://h\", base_url: x}}",
                "providers: {a/b: {dialect: openai, base-url: \"http://h\"}}",
            })
    void badProvider_isRefusedByBoth(String yaml) {
        assertThat(Loading.problems(yaml)).isNotEmpty();
        assertThat(errors(yaml)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api-keys: [a, b], http-version: 1.1",
                "http-version: 2, max-in-flight: 8, queue: 30s",
                "http-version: auto, max-in-flight: off, continuation: prefill",
                "breaker: {failures: 5, window: 60s, cooldown-max: 10m, last-resort: 3}",
            })
    void goodProvidersKey_isValidForBoth(String fields) {
        assertThat(Loading.config(provider(fields))).isNotNull();
        assertThat(errors(provider(fields))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api-key: a, api-keys: [b]",
                "api-keys: a",
                "http-version: 3",
                "max-in-flight: 0",
                "queue: off",
                "continuation: yes",
                "breaker: {failures: 0}",
                "breaker: off",
            })
    void badProvidersKey_isRefusedByBoth(String fields) {
        assertThat(Loading.problems(provider(fields))).isNotEmpty();
        assertThat(errors(provider(fields))).isNotEmpty();
    }

    private static String provider(String fields) {
        return "providers: {p: {dialect: openai, base-url: \"http://h/v1\", " + fields + "}}";
    }

    private static List<Error> errors(String yaml) {
        return SCHEMA.validate(yaml, InputFormat.YAML);
    }
}
