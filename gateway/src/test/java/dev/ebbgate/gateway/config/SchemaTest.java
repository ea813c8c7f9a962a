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

    private static List<Error> errors(String yaml) {
        return SCHEMA.validate(yaml, InputFormat.YAML);
    }
}
