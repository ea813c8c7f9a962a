package dev.ebbgate.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.config.Dialect;
import dev.ebbgate.core.config.Limits;
import dev.ebbgate.core.config.Provider;
import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.resolve.RouteTable;
import dev.ebbgate.core.resolve.Target;
import dev.ebbgate.core.setting.ApiKey;
import dev.ebbgate.core.setting.Listen;
import dev.ebbgate.core.setting.Secret;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class ConfigLoaderTest {

    @Test
    @DisplayName("O1 O7 the sample of the contract loads, with the limits it shows")
    void sample_loads() {
        Config config = Loading.config(Sample.YAML, Sample.ENVIRONMENT);

        RouteTable.Found coder = (RouteTable.Found) new RouteTable(config).find("coder");
        Target target = coder.targets().get(0);

        assertThat(target.id()).isEqualTo("vllm/nvidia/nemotron-3-super");
        assertThat(target.timeouts().streamIdle().value()).hasToString("5m");
        assertThat(target.timeouts().streamIdle().source())
                .isEqualTo("routes.coder.timeouts.stream-idle");
        assertThat(target.timeouts().firstToken().source())
                .isEqualTo("providers.vllm.timeouts.first-token");
        assertThat(config.policies().overrides().max(Limit.FIRST_TOKEN)).hasToString("30m");
        assertThat(config.auth().nameOf("agents-s3cret")).contains("agents");
        assertThat(provider(config, "vllm").apiKey()).isEqualTo(new ApiKey.None());
        assertThat(provider(config, "claude").apiKey())
                .isEqualTo(new ApiKey.Fixed(new Secret("sk-ant-s3cret")));
    }

    @Test
    @DisplayName("O4 O8 a file that sets nothing has every default")
    void nothingWritten_isTheDefaults() {
        Config config = Loading.config(Loading.PROVIDER);

        assertThat(config.listen()).isEqualTo(Listen.DEFAULT);
        assertThat(config.limits()).isEqualTo(Limits.DEFAULT);
        assertThat(config.auth().asksKey()).isFalse();
        assertThat(config.policies()).isEqualTo(dev.ebbgate.core.config.Policies.DEFAULT);
    }

    @Test
    void everyKeyOfAProvider_isMapped() {
        String yaml =
                """
                providers:
                  p:
                    dialect: anthropic
                    base-url: https://llm.example:8443/x
                    api-key: pass-through
                    headers: {X-Team: blue}
                    ca-file: src/test/resources/ca.pem
                    proxy: "http://me:pw@proxy.example:3128"
                    timeouts: {connect: 1s, first-token: 2s, stream-idle: 6s, no-progress: 4s, attempt: 7s, request: 8s}
                    timeout: 9s
                    keep-alive: {after: 1s, every: 2s}
                """;

        Provider p = provider(Loading.config(yaml), "p");

        assertThat(p.dialect()).isEqualTo(Dialect.ANTHROPIC);
        assertThat(p.upstream().baseUrl()).hasToString("https://llm.example:8443/x");
        assertThat(p.apiKey()).isEqualTo(new ApiKey.PassThrough());
        assertThat(p.headers()).containsExactly(Map.entry("x-team", new Secret("blue")));
        assertThat(p.upstream().caFile()).isEqualTo("src/test/resources/ca.pem");
        assertThat(p.upstream().proxy()).asString().contains("proxy.example", "3128", "me", "***");
        assertThat(p.timeouts().written())
                .hasSize(6)
                .containsEntry(Limit.REQUEST, Span.ofSeconds(8));
        assertThat(p.timeouts().timeout()).hasToString("9s");
        assertThat(p.keepAlive().after()).hasToString("1s");
        assertThat(p.keepAlive().every()).hasToString("2s");
    }

    @Test
    void everyLimit_isMappedAndNamesItsKey() {
        String yaml =
                Loading.PROVIDER
                        + "limits: {request-body: 1KiB, event: 2KiB, header: 3KiB, buffered: 4KiB,"
                        + " exchanges: 5, request-read: 6s, client-stall: 7s, after-finish: 8s,"
                        + " drain: 9s}\n";

        Limits limits = Loading.config(yaml).limits();

        assertThat(limits.sizes()).asString().contains("1KiB", "2KiB", "3KiB", "4KiB", "value=5");
        assertThat(limits.waits()).asString().contains("=6s", "=7s", "=8s", "=9s");
        assertThat(limits.sizes().requestBody().source()).isEqualTo("limits.request-body");
        assertThat(limits.waits().drain().source()).isEqualTo("limits.drain");
    }

    @Test
    @DisplayName("O2 off is text in YAML 1.2 and switches off, everywhere it may")
    void off_switchesOff() {
        Config config =
                Loading.config(
                        Loading.PROVIDER + "timeouts: {stream-idle: off}\nkeep-alive: off\n");

        assertThat(config.policies().timeouts().value(Limit.STREAM_IDLE)).isEqualTo(Span.OFF);
        assertThat(config.policies().keepAlive().every()).isEqualTo(Span.OFF);
    }

    @Test
    void sectionsWithNothingInThem_areAbsent() {
        String yaml = Loading.PROVIDER + "timeouts:\nkeep-alive:\nlimits: {}\nroutes: ~\nauth:\n";

        assertThat(Loading.config(yaml)).isEqualTo(Loading.config(Loading.PROVIDER));
    }

    @Test
    void variables_arePutIntoScalarsOnly() {
        String yaml =
                Loading.PROVIDER
                        + "listen: {host: \"${HOST:-127.0.0.1}\", port: \"${PORT}\"}\n"
                        + "timeouts: {connect: \"${C:-1}${UNIT}\"}\n";
        Map<String, String> environment = Map.of("PORT", "8080", "UNIT", "s", "HOST", "");

        Config config = Loading.config(yaml, environment);

        assertThat(config.listen()).isEqualTo(new Listen("127.0.0.1", 8080));
        assertThat(config.policies().timeouts().value(Limit.CONNECT)).hasToString("1s");
    }

    @Test
    void whatAVariableHolds_isNeitherYamlNorAVariable() {
        String hostile = "\"}, evil: {x: ${AGENTS_KEY}#&*!|>%@`";
        Map<String, String> environment = Map.of("AGENTS_KEY", "k", "K", hostile.replace(" ", ""));

        Config config =
                Loading.config(Loading.PROVIDER + "auth: {keys: {a: \"${K}\"}}\n", environment);

        assertThat(config.auth().nameOf(hostile.replace(" ", ""))).contains("a");
    }

    @Test
    void fileOnDisk_isRead(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("ebbgate.yaml"), Loading.PROVIDER);

        assertThat(ConfigLoader.load(file, Map.of())).isInstanceOf(ConfigLoader.Loaded.class);
    }

    @Test
    void fileThatCannotBeRead_isAProblemLikeAnyOther(@TempDir Path folder) throws IOException {
        Path latin = Files.write(folder.resolve("latin.yaml"), new byte[] {'a', (byte) 0xe9, ':'});

        Path longer = Files.writeString(folder.resolve("long.yaml"), "#".repeat((1 << 20) + 1));

        for (Path file : List.of(folder.resolve("absent.yaml"), folder, latin, longer)) {
            ConfigLoader.Result result = ConfigLoader.load(file, Map.of());

            assertThat(result)
                    .isInstanceOfSatisfying(
                            ConfigLoader.Refused.class,
                            refused ->
                                    assertThat(refused.problems().get(0).toString())
                                            .startsWith(file + ": cannot be read: ")
                                            .contains("; write "));
        }
    }

    private static Provider provider(Config config, String name) {
        Provider provider = config.providers().get(name);
        assertThat(provider).isNotNull();
        return java.util.Objects.requireNonNull(provider);
    }
}
