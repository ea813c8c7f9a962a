package dev.ebbgate.core.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.config.Auth;
import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.config.Dialect;
import dev.ebbgate.core.config.KeepAliveSettings;
import dev.ebbgate.core.config.Limits;
import dev.ebbgate.core.config.Policies;
import dev.ebbgate.core.config.Provider;
import dev.ebbgate.core.config.Route;
import dev.ebbgate.core.config.TargetRef;
import dev.ebbgate.core.config.TimeoutSettings;
import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.policy.Failover;
import dev.ebbgate.core.policy.ProviderPolicy;
import dev.ebbgate.core.policy.UpstreamForm;
import dev.ebbgate.core.setting.ApiKey;
import dev.ebbgate.core.setting.BaseUrl;
import dev.ebbgate.core.setting.HttpVersionChoice;
import dev.ebbgate.core.setting.Listen;
import dev.ebbgate.core.setting.Upstream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

class RouteTableTest {

    private static final RouteTable TABLE =
            table(
                    List.of("vllm", "claude", "openai"),
                    "coder=vllm/nvidia/nemotron",
                    "openai/gpt-5=vllm/stand-in",
                    "claude-*=claude/*",
                    "claude-*-fast=openai/gpt-fast",
                    "openai/o1*=vllm/o1",
                    "*-mini=openai/*",
                    "g*t*m=openai/gtm");

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "coder,coder,vllm/nvidia/nemotron",
                "vllm/nvidia/nemotron,-,vllm/nvidia/nemotron",
                "openai/gpt-5,openai/gpt-5,vllm/stand-in",
                "openai/gpt-4,-,openai/gpt-4",
                "claude-sonnet-4,claude-*,claude/claude-sonnet-4",
                "claude-,claude-*,claude/claude-",
                "claude-x-fast,claude-*-fast,openai/gpt-fast",
                "openai/o1-preview,openai/o1*,vllm/o1",
                "gpt-5-mini,*-mini,openai/gpt-5-mini",
                "claude/a-mini,-,claude/a-mini",
                "gemma-torch-m,g*t*m,openai/gtm",
                "other/a-mini,*-mini,openai/other/a-mini",
            })
    void name_findsItsTarget(String asked, String route, String target) {
        RouteTable.Answer answer = TABLE.find(asked);

        assertThat(answer).isInstanceOf(RouteTable.Found.class);
        RouteTable.Found found = (RouteTable.Found) answer;
        assertThat(found.route()).isEqualTo(route);
        assertThat(found.targets()).extracting(Target::id).containsExactly(target);
    }

    @ParameterizedTest
    @CsvSource({
        "codr,coder",
        "coder2,coder",
        "CODER,coder",
        "vlm/x/y,vllm/x/y",
        "clade/m,claude/m",
        "zzzzzzzz,''",
        "'',''",
        "/,''",
        "vllm/,''",
    })
    void unknownName_isToldWhatIsNear(String asked, String near) {
        RouteTable.Answer answer = TABLE.find(asked);

        List<String> names = near.isEmpty() ? List.of() : List.of(near);
        assertThat(answer).isEqualTo(new RouteTable.Unknown(names));
    }

    @Test
    void onlyProvider_takesUnqualifiedNames() {
        RouteTable one = table(List.of("vllm"), "coder=vllm/x");

        assertThat(targetIds(one.find("llama-3"))).containsExactly("vllm/llama-3");
        assertThat(targetIds(one.find("meta/llama-3"))).containsExactly("vllm/meta/llama-3");
        assertThat(one.find("")).isInstanceOf(RouteTable.Unknown.class);
    }

    @Test
    void targetOfARoute_hasTheLimitsOfProviderAndRoute() {
        RouteTable.Found routed = (RouteTable.Found) TABLE.find("coder");
        RouteTable.Found direct = (RouteTable.Found) TABLE.find("vllm/nvidia/nemotron");

        assertThat(routed.targets().get(0).timeouts().streamIdle().source())
                .isEqualTo("routes.coder.timeouts.stream-idle");
        assertThat(routed.targets().get(0).timeouts().firstToken().source())
                .isEqualTo("providers.vllm.timeouts.first-token");
        assertThat(direct.targets().get(0).timeouts().streamIdle().source()).isEqualTo("default");
    }

    @Test
    void names_areTheRoutesThatAreNoPatterns() {
        assertThat(TABLE.names()).containsExactly("coder", "openai/gpt-5");
    }

    @Test
    void hostilePatternAndName_areDecidedAtOnce() {
        NamePattern pattern = new NamePattern("*a*a*a*a*a*a*a*a*a*a*b");

        assertThat(pattern.matches("a".repeat(20_000))).isFalse();
        assertThat(TABLE.find("x".repeat(1_000_000))).isInstanceOf(RouteTable.Unknown.class);
    }

    @ParameterizedTest
    @CsvSource({"base_url,base-url,1", "abc,acb,1", "abc,abc,0", "'',abc,3", "kitten,sitting,3"})
    void distance_countsEditsAndSwaps(String a, String b, int distance) {
        assertThat(NearNames.distance(a, b)).isEqualTo(distance);
        assertThat(NearNames.distance(b, a)).isEqualTo(distance);
    }

    private static List<String> targetIds(RouteTable.Answer answer) {
        return ((RouteTable.Found) answer).targets().stream().map(Target::id).toList();
    }

    private static RouteTable table(List<String> providers, String... routes) {
        Map<String, Provider> all = new LinkedHashMap<>();
        providers.forEach(name -> all.put(name, provider(name)));
        Map<String, Route> named = new LinkedHashMap<>();
        for (String route : routes) {
            String name = route.substring(0, route.indexOf('='));
            TargetRef target = TargetRef.parse(route.substring(route.indexOf('=') + 1));
            named.put(
                    name,
                    new Route(
                            name,
                            List.of(List.of(target)),
                            one(Limit.STREAM_IDLE, 300),
                            KeepAliveSettings.NONE,
                            Failover.DEFAULT,
                            UpstreamForm.AS_ASKED,
                            Span.OFF));
        }
        return new RouteTable(
                new Config(
                        Listen.DEFAULT, Policies.DEFAULT, Auth.NONE, Limits.DEFAULT, all, named));
    }

    private static Provider provider(String name) {
        return new Provider(
                name,
                Dialect.OPENAI,
                new Upstream(
                        BaseUrl.parse("http://127.0.0.1:1/v1"), null, null, HttpVersionChoice.AUTO),
                new ApiKey.None(),
                Map.of(),
                one(Limit.FIRST_TOKEN, 1500),
                KeepAliveSettings.NONE,
                ProviderPolicy.DEFAULT);
    }

    private static TimeoutSettings one(Limit limit, long seconds) {
        return new TimeoutSettings(Map.of(limit, Span.ofSeconds(seconds)), null);
    }
}
