package dev.ebbgate.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.policy.Failover;
import dev.ebbgate.core.policy.ProviderPolicy;
import dev.ebbgate.core.policy.UpstreamForm;
import dev.ebbgate.core.setting.ApiKey;
import dev.ebbgate.core.setting.BaseUrl;
import dev.ebbgate.core.setting.HttpVersionChoice;
import dev.ebbgate.core.setting.Listen;
import dev.ebbgate.core.setting.Secret;
import dev.ebbgate.core.setting.Size;
import dev.ebbgate.core.setting.Sourced;
import dev.ebbgate.core.setting.Upstream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;

class RecordsTest {

    private static final Provider VLLM =
            new Provider(
                    "vllm",
                    Dialect.OPENAI,
                    new Upstream(
                            BaseUrl.parse("http://127.0.0.1:8000/v1"),
                            null,
                            null,
                            HttpVersionChoice.AUTO),
                    new ApiKey.Fixed(new Secret("sk-very-secret")),
                    Map.of("x-team", new Secret("also-secret")),
                    TimeoutSettings.NONE,
                    KeepAliveSettings.NONE,
                    ProviderPolicy.DEFAULT);

    @Test
    @DisplayName("O4 what is written nowhere has the documented default")
    void nothingWritten_hasDocumentedDefaults() {
        assertThat(Listen.DEFAULT).isEqualTo(new Listen("127.0.0.1", 12000));
        assertThat(Limits.DEFAULT.sizes())
                .asString()
                .contains("32MiB", "16MiB", "64KiB", "256MiB", "10000");
        assertThat(Limits.DEFAULT.waits()).asString().contains("1m", "5m", "5s", "10m");
        assertThat(Auth.NONE.asksKey()).isFalse();
        assertThat(Policies.DEFAULT.timeouts().written()).isEmpty();
        assertThat(Policies.DEFAULT.overrides().max(Limit.FIRST_TOKEN)).isNull();
        assertThat(Limits.DEFAULT.waits().drain().isDefault()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "4999ms,false",
        "5s,true",
        "1h,true",
        "1h1ms,false",
        "off,true",
    })
    @DisplayName("O6 O2 stream-idle lies within 5s and 1h, both included, or is off")
    void streamIdle_isBoundedByDefault(String value, boolean allowed) {
        assertThat(Bounds.DEFAULT.allow(Limit.STREAM_IDLE, Span.parse(value))).isEqualTo(allowed);
        assertThat(Bounds.DEFAULT.allow(Limit.FIRST_TOKEN, Span.parse(value))).isTrue();
    }

    @Test
    void boundsOfAnotherLimit_leaveTheDefaultOnesInForce() {
        Bounds.Range range = new Bounds.Range(Span.ofSeconds(1), Span.ofSeconds(2));

        Bounds bounds = Bounds.DEFAULT.with(Map.of(Limit.CONNECT, range));

        assertThat(bounds.text(Limit.CONNECT)).isEqualTo("1s to 2s");
        assertThat(bounds.text(Limit.STREAM_IDLE)).isEqualTo("5s to 1h");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,true",
        "127.8.9.10,true",
        "localhost,true",
        "::1,true",
        "0.0.0.0,false",
        "127.evil.example,false",
        "10.0.0.1,false",
        "localhost.evil.example,false",
        "::,false"
    })
    void loopback_isToldFromOtherHosts(String host, boolean loopback) {
        assertThat(new Listen(host, 1).isLoopback()).isEqualTo(loopback);
    }

    @Test
    void presentedKey_isNamedOnlyWhenWholeAndEqual() {
        Auth auth = new Auth(Map.of("a", new Secret("key-a"), "b", new Secret("key-b")));

        assertThat(auth.nameOf("key-b")).contains("b");
        assertThat(auth.nameOf("key-")).isEmpty();
        assertThat(auth.nameOf("")).isEmpty();
    }

    @Test
    void printedRecords_holdNoSecret() {
        Auth auth = new Auth(Map.of("agents", new Secret("sk-agents")));

        String printed = VLLM + " " + auth;

        assertThat(printed).contains("***").doesNotContain("also-secret").doesNotContain("sk-");
    }

    @Test
    void legacyTimeout_coversOnlyWhatIsUnsetBesideIt() {
        TimeoutSettings settings =
                new TimeoutSettings(
                        Map.of(Limit.STREAM_IDLE, Span.ofSeconds(30)), Span.ofSeconds(300));

        assertThat(settings.value(Limit.FIRST_TOKEN)).isEqualTo(Span.ofSeconds(300));
        assertThat(settings.key(Limit.FIRST_TOKEN)).isEqualTo("timeout");
        assertThat(settings.value(Limit.STREAM_IDLE)).isEqualTo(Span.ofSeconds(30));
        assertThat(settings.key(Limit.STREAM_IDLE)).isEqualTo("timeouts.stream-idle");
        assertThat(settings.value(Limit.REQUEST)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "vllm/nvidia/nemotron-3,vllm,nvidia/nemotron-3",
        "claude/*,claude,*",
        "a/b,a,b",
    })
    void target_isSplitAtTheFirstSlash(String text, String provider, String model) {
        assertThat(TargetRef.parse(text)).isEqualTo(new TargetRef(provider, model));
    }

    @ParameterizedTest
    @CsvSource({"model", "/model", "provider/", "/", "provider/gpt-*"})
    void target_withoutItsTwoParts_isRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TargetRef.parse(text))
                .withMessageContaining("; write ");
    }

    @Test
    void waits_cannotBeOff() {
        Sourced<Span> off = new Sourced<>(Span.OFF, "limits.drain");
        Limits.Waits waits = Limits.Waits.DEFAULT;

        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Limits.Waits(
                                waits.requestRead(),
                                waits.clientStall(),
                                waits.afterFinish(),
                                off));
    }

    @Test
    void bodies_areHeldInOneArray() {
        Sourced<Size> huge = new Sourced<>(Size.ofMiB(2048), "limits.event");
        Limits.Sizes sizes = Limits.Sizes.DEFAULT;

        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Limits.Sizes(
                                sizes.requestBody(),
                                huge,
                                sizes.header(),
                                sizes.buffered(),
                                sizes.exchanges()));
    }

    @Test
    void config_thatCannotRun_cannotBeMade() {
        Map<String, Provider> providers = Map.of("vllm", VLLM);
        Listen open = new Listen("0.0.0.0", 80);
        Route astray = route("coder", "ollama/x");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(Listen.DEFAULT, Map.of(), Map.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> config(open, providers, Map.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(Listen.DEFAULT, providers, Map.of("coder", astray)));
        assertThatIllegalArgumentException().isThrownBy(() -> route("coder", "vllm/*"));
        assertThatIllegalArgumentException().isThrownBy(() -> route("coder", List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> route("coder", List.of(List.of())));
    }

    private static Route route(String name, String target) {
        return route(name, List.of(List.of(TargetRef.parse(target))));
    }

    private static Route route(String name, List<List<TargetRef>> places) {
        return new Route(
                name,
                places,
                TimeoutSettings.NONE,
                KeepAliveSettings.NONE,
                Failover.DEFAULT,
                UpstreamForm.AS_ASKED,
                Span.OFF);
    }

    private static Config config(
            Listen listen, Map<String, Provider> providers, Map<String, Route> routes) {
        return new Config(listen, Policies.DEFAULT, Auth.NONE, Limits.DEFAULT, providers, routes);
    }
}
