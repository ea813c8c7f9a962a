package dev.ebbgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// `check` and `init`, and where a configuration is looked for.
class ConfigCommandsTest {
    private static final Map<String, String> NOTHING = Map.of();
    private static final String GOOD =
            """
            version: 1
            timeouts: {first-token: 20m}
            providers:
              vllm:
                dialect: openai
                base-url: "http://127.0.0.1:8000/v1"
                api-key: ""
                timeouts: {connect: 7s}
            routes:
              coder: {targets: [vllm/nvidia/nemotron], timeouts: {stream-idle: 5m}}
            """;

    private static final String OTHER =
            "  other: {dialect: openai, base-url: \"http://127.0.0.1:8001/v1\"}\n";

    @TempDir private Path folder = Path.of("");

    @Test
    @DisplayName("O3 check shows every limit in force and where it comes from")
    void goodFile_showsEachLimitWithItsSource() throws IOException {
        write("ebbgate.yaml", GOOD);

        Run run = Run.in(folder, NOTHING, "check");

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains("ebbgate.yaml: OK")
                .contains(
                        """
                        coder -> vllm/nvidia/nemotron  (openai, http://127.0.0.1:8000/v1)
                          connect           7s       providers.vllm.timeouts.connect
                          first-token       20m      timeouts.first-token
                          stream-idle       5m       routes.coder.timeouts.stream-idle
                          no-progress       20m      default
                          attempt           off      default
                          request           1h       default
                          keep-alive.after  15s      default
                          keep-alive.every  15s      default
                        """)
                .contains("vllm/<any model>");
    }

    @Test
    @DisplayName("P1 what leaves for a collector is shown with what wanted it")
    void collectorOfAVariable_isShownWithItsSource() throws IOException {
        write("ebbgate.yaml", GOOD);

        Run run = Run.in(folder, Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:4318"), "check");

        assertThat(run.out())
                .contains(
                        "telemetry: traces and metrics to http://c:4318"
                                + " (OTEL_EXPORTER_OTLP_ENDPOINT)");
    }

    @Test
    @DisplayName("C1 check tells what happens when a target fails, with figures")
    void routeWithAFallback_isToldWhatHappens() throws IOException {
        write(
                "ebbgate.yaml",
                GOOD.replace(
                                "[vllm/nvidia/nemotron]",
                                "[[vllm/m, vllm/n], other/m], failover: {retries: 2}")
                        .replace("{first-token: 20m}", "{stream-idle: 2m}")
                        .replace("routes:", OTHER + "routes:"));

        Run run = Run.in(folder, NOTHING, "check");

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains(
                        """
                        coder: fallback tried after at most 3m; gives up after 1h
                          1. vllm/m (of its place the one with least in flight is first): may be silent for 3m (default, cut to failover.first-token)
                          2. vllm/n (of its place the one with least in flight is first): tried after at most 3m of silence, may be silent for 3m (default, cut to failover.first-token)
                          3. other/m: tried after at most 6m of silence, may be silent for 10m (default)
                          fast failures: the same target is asked up to 2 times more, after up to 250ms
                          after the first token: the client is told of the failure
                          not streamed: a whole answer is waited for 10m (default); upstream: streamed would tell slow from dead before
                        """);
    }

    @Test
    void attemptAndReserve_areReckonedWith() throws IOException {
        write(
                "ebbgate.yaml",
                GOOD.replace("[vllm/nvidia/nemotron]", "[vllm/m, other/m]")
                                .replace("{stream-idle: 5m}", "{attempt: 10s}")
                                .replace("routes:", OTHER + "routes:")
                        + """
                          short:
                            targets: [vllm/m, other/m]
                            timeouts: {first-token: off, request: 4s}
                            failover: {reserve: 1500ms, hedge: {after: 1s}}
                        """);

        Run run = Run.in(folder, NOTHING, "check");

        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains(
                        "coder: fallback tried after at most 10s; gives up after 20s",
                        "1. vllm/m: may be silent for 10s (routes.coder.timeouts.attempt)",
                        "short: fallback tried after at most 1s; gives up after 4s",
                        "not streamed: a whole answer is waited for 2s500ms (what is left of"
                                + " request 4s (routes.short.timeouts.request))");
    }

    @Test
    void limitsThatCannotFit_areWarnedOf_andEndWithZero() throws IOException {
        write(
                "ebbgate.yaml",
                GOOD.replace("[vllm/nvidia/nemotron]", "[vllm/m, other/m]")
                        .replace("{first-token: 20m}", "{first-token: 5m, request: 6m}")
                        .replace("routes:", OTHER + "routes:"));

        Run run = Run.in(folder, NOTHING, "check");

        assertThat(run.code()).isZero();
        assertThat(run.err()).contains("other/m may get only 1m of its first-token 5m");
        assertThat(run.out()).contains("coder: fallback tried after at most 5m; gives up after 6m");
    }

    @Test
    void badFile_tellsEveryProblemOnItsLine_andEndsWithOne() throws IOException {
        write(
                "bad.yaml",
                GOOD.replace("connect: 7s", "connect: 0").replace("base-url", "base_url"));

        Run run = Run.in(folder, NOTHING, "check", "--config", "bad.yaml");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines())
                .hasSizeGreaterThan(1)
                .allMatch(line -> line.startsWith(folder.resolve("bad.yaml") + ":"))
                .anyMatch(line -> line.contains(":6: ") && line.contains("base-url"))
                .anyMatch(line -> line.contains("providers.vllm.timeouts.connect"));
    }

    @Test
    void missingFile_isToldInOneLine() {
        Run run = Run.in(folder, NOTHING, "check", "--config", "none.yaml");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .isEqualTo(
                        folder.resolve("none.yaml")
                                + ": cannot be read: no such file; write one with: ebbgate init\n");
    }

    @Test
    void emptyName_isToldAsSuch() {
        Run run = Run.in(folder, NOTHING, "check", "--config", "");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("ebbgate: --config is empty; write --config FILE\n");
    }

    @Test
    void variableThatIsWrong_isNamed() {
        Run run = Run.in(folder, Map.of("VLLM_BASE_URL", "localhost:8000"), "check");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .startsWith("environment: VLLM_BASE_URL: ");
    }

    @Test
    void option_winsOverVariable_andVariableOverTheFolder() throws IOException {
        write("ebbgate.yaml", GOOD);
        write("variable.yaml", GOOD);
        write("option.yaml", GOOD);
        Map<String, String> variable = Map.of("EBBGATE_CONFIG", "variable.yaml");

        assertThat(Run.in(folder, variable, "check", "--config", "option.yaml").out())
                .contains("option.yaml: OK");
        assertThat(Run.in(folder, variable, "check").out()).contains("variable.yaml: OK");
    }

    @Test
    void noFile_takesTheProvidersOfTheEnvironment() {
        Run run = Run.in(folder, Map.of("OPENAI_API_KEY", "sk-very-secret"), "check");

        assertThat(run.code()).isZero();
        assertThat(run.err()).contains("found openai at https://api.openai.com/v1");
        assertThat(run.out()).contains("environment: OK");
        assertThat(run.out() + run.err()).doesNotContain("very-secret");
    }

    @Test
    void nothingAtAll_saysWhatToSet() {
        Run run = Run.in(folder, NOTHING, "check");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "VLLM_BASE_URL", "OLLAMA_HOST")
                .contains("ebbgate init");
    }

    @Test
    void init_writesWhatCheckAccepts() {
        Map<String, String> environment =
                Map.of("VLLM_BASE_URL", "http://10.0.0.5:8000/v1", "ANTHROPIC_API_KEY", "sk-x");

        Run init = Run.in(folder, environment, "init");

        assertThat(init.code()).isZero();
        assertThat(init.out()).contains("found vllm", "found claude", "wrote ebbgate.yaml");
        assertThat(folder.resolve("ebbgate.yaml")).content().doesNotContain("sk-x");
        assertThat(Run.in(folder, environment, "check").out()).contains("ebbgate.yaml: OK");
    }

    @Test
    void init_thatFindsNothing_saysSoAndWritesAnExample() {
        Run init = Run.in(folder, NOTHING, "init");

        assertThat(init.code()).isZero();
        assertThat(init.out()).contains("found nothing", "VLLM_BASE_URL", "wrote ebbgate.yaml");
        assertThat(folder.resolve("ebbgate.yaml")).content().contains("this is an example");
    }

    @Test
    void init_replacesAFileOnlyWhenForced() throws IOException {
        write("mine.yaml", "mine and longer than nothing");

        Run refused = Run.in(folder, NOTHING, "init", "--output", "mine.yaml");

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("mine.yaml exists already", "--force");
        assertThat(folder.resolve("mine.yaml")).hasContent("mine and longer than nothing");
        assertThat(Run.in(folder, NOTHING, "init", "--output", "mine.yaml", "--force").code())
                .isZero();
        assertThat(folder.resolve("mine.yaml")).content().contains("version: 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--output=", "--output=."})
    void init_ontoAFolder_saysSo(String output) {
        Run run = Run.in(folder, NOTHING, "init", output, "--force");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("is a folder; write --output ebbgate.yaml");
    }

    @Test
    void init_intoAMissingFolder_saysSo() {
        Run run = Run.in(folder, NOTHING, "init", "--output", "none/x.yaml");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("no such file or folder").doesNotContain("\tat ");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
