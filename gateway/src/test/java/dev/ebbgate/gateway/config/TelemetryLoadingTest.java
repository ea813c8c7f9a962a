package dev.ebbgate.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.setting.Secret;
import dev.ebbgate.core.upkeep.Telemetry;
import dev.ebbgate.core.upkeep.Telemetry.Otlp;
import dev.ebbgate.core.upkeep.Telemetry.Sent;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What goes to a collector, as configured.
class TelemetryLoadingTest {

    private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private static final Map<String, String> VARIABLES =
            Map.of(
                    ENDPOINT,
                    "http://collector:4318/",
                    "OTEL_EXPORTER_OTLP_HEADERS",
                    "Authorization=Bearer%20c4nary,x-org=7",
                    "OTEL_SERVICE_NAME",
                    "agents",
                    "OTEL_RESOURCE_ATTRIBUTES",
                    "deployment.environment=test,service.name=no",
                    "OTEL_METRICS_EXPORTER",
                    "none");

    @Test
    @DisplayName("O4 an installation that sets nothing sends nothing")
    void nothingWritten_sendsNothing() {
        assertThat(telemetry("", Map.of())).isEqualTo(Telemetry.OFF);
        assertThat(telemetry("telemetry:", Map.of())).isEqualTo(Telemetry.OFF);
    }

    @Test
    void everyKey_isMapped() {
        Telemetry telemetry =
                telemetry(
                        """
                        telemetry:
                          otlp:
                            endpoint: "http://127.0.0.1:4318"
                            headers: {Authorization: "Bearer c4nary"}
                            traces: on
                            metrics: off
                            sample: 0.25
                            every: 15s
                            timeout: 3s
                        """,
                        Map.of());

        Otlp otlp = otlp(telemetry);
        assertThat(otlp.endpoint().value()).hasToString("http://127.0.0.1:4318");
        assertThat(otlp.endpoint().source()).isEqualTo("telemetry.otlp.endpoint");
        assertThat(otlp.headers()).containsOnlyKeys("authorization");
        assertThat(otlp.sent())
                .isEqualTo(new Sent(true, false, 0.25, Span.ofSeconds(15), Span.ofSeconds(3)));
        assertThat(telemetry.toString()).as("a secret prints nothing").doesNotContain("c4nary");
    }

    @Test
    void variables_areEnough() {
        Otlp otlp = otlp(telemetry("", VARIABLES));

        assertThat(otlp.endpoint().value()).hasToString("http://collector:4318");
        assertThat(otlp.endpoint().source()).isEqualTo(ENDPOINT);
        assertThat(otlp.headers())
                .isEqualTo(
                        Map.of(
                                "authorization",
                                new Secret("Bearer c4nary"),
                                "x-org",
                                new Secret("7")));
        assertThat(otlp.sent().traces()).isTrue();
        assertThat(otlp.sent().metrics()).isFalse();
        assertThat(otlp.resource())
                .isEqualTo(Map.of("deployment.environment", "test", "service.name", "agents"));
    }

    @Test
    void whatIsWritten_winsOverVariables() {
        String yaml = "telemetry: {otlp: {metrics: on, headers: {x-org: '8'}}}";

        Otlp otlp = otlp(telemetry(yaml, VARIABLES));

        assertThat(otlp.endpoint().source()).isEqualTo(ENDPOINT);
        assertThat(otlp.sent().metrics()).isTrue();
        assertThat(otlp.headers()).containsEntry("x-org", new Secret("8"));
    }

    @Test
    void off_winsOverVariables() {
        assertThat(telemetry("telemetry: off", VARIABLES)).isEqualTo(Telemetry.OFF);
        assertThat(telemetry("", Map.of(ENDPOINT, "http://c", "OTEL_SDK_DISABLED", "true")))
                .isEqualTo(Telemetry.OFF);
    }

    @ParameterizedTest
    @CsvSource({
        "c4nary:4318, http/protobuf, is not an http or https address",
        "http://c4nary:4317, grpc, OTEL_EXPORTER_OTLP_PROTOCOL is not http/protobuf"
    })
    void variableThatIsOfNoUse_isWarnedOfAndNoObstacle(
            String address, String protocol, String says) {
        Map<String, String> variables =
                Map.of(ENDPOINT, address, "OTEL_EXPORTER_OTLP_PROTOCOL", protocol);

        List<String> warnings = Loading.warnings(Loading.PROVIDER, variables);

        assertThat(warnings).singleElement().asString().contains(says).doesNotContain("c4nary");
        assertThat(telemetry("", variables)).isEqualTo(Telemetry.OFF);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "telemetry: on | telemetry is off or has a collector",
                "telemetry: {otlp: {traces: on}} | telemetry.otlp.endpoint: this key is missing",
                "telemetry: {otlp: {endpoint: 'collector:4318'}} | not an http or https address",
                "telemetry: {otlp: {endpoint: 'http://h', traces: yes}} | traces: unknown value",
                "telemetry: {otlp: {endpoint: 'http://h', sample: 10}} | a share lies in 0..1",
                "telemetry: {otlp: {endpoint: 'http://h', every: 10ms}} | no less than 1s",
                "telemetry: {otlp: {endpoint: 'http://h', timeout: off}} | this time cannot be off",
                "telemetry: {otlp: {endpoint: 'http://h', headers: {'a b': c}}} | not a header's"
                        + " name"
            })
    void whatCannotBeMeant_isRefusedWithWhatToWrite(String yaml, String problem) {
        assertThat(Loading.problems(Loading.PROVIDER + yaml))
                .singleElement()
                .asString()
                .contains(problem)
                .contains("write ");
    }

    private static Otlp otlp(Telemetry telemetry) {
        return Objects.requireNonNull(telemetry.otlp());
    }

    private static Telemetry telemetry(String yaml, Map<String, String> environment) {
        return Loading.config(Loading.PROVIDER + yaml, environment).upkeep().telemetry();
    }
}
