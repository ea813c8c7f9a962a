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
import dev.ebbgate.core.policy.Trigger;
import dev.ebbgate.core.policy.UpstreamForm;
import dev.ebbgate.core.setting.ApiKey;
import dev.ebbgate.core.setting.BaseUrl;
import dev.ebbgate.core.setting.HttpVersionChoice;
import dev.ebbgate.core.setting.Listen;
import dev.ebbgate.core.setting.Sourced;
import dev.ebbgate.core.setting.Upstream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

class ForecastTest {

    private static final Set<Trigger> ALL = Trigger.DEFAULT;

    @ParameterizedTest(name = "{0} with {1} and {2} for {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "default | default | 1h  | a/x b/y         | 0s+3m 3m+10m",
                "default | 25m     | 1h  | a/x b/y         | 0s+25m 25m+25m",
                "2m      | 25m     | 1h  | a/x b/y c/z     | 0s+2m 2m+2m 4m+25m",
                "off     | default | 1h  | a/x b/y         | 0s+10m 10m+10m",
                "2m      | default | 3m  | a/x b/y         | 0s+2m 2m+1m!",
                "2m      | default | 1m  | a/x b/y         | 0s+30s! 30s+30s!",
                "2m      | default | 30s | a/x b/y c/z     | 0s+10s! 10s+10s! 20s+10s!",
                "off     | off     | 5m  | a/x b/y         | 0s+4m30s! 4m30s+30s!",
                "off     | off     | off | a/x b/y         | 0s+off never+off",
                "default | default | 1h  | a/x             | 0s+10m",
            })
    @DisplayName("C1 O7 what is configured holds, unless request cannot hold it")
    void steps_haveTheirPatienceInOrder(
            String patience, String firstToken, String request, String targets, String expected) {
        Failover failover = failover(ALL, patience);

        List<Forecast> forecasts =
                forecast(failover, timeouts(firstToken, request), targets.split(" "));

        assertThat(forecasts).hasSize(1);
        assertThat(text(forecasts.getFirst())).isEqualTo(expected);
    }

    @Test
    void silenceThatTriggersNothing_leavesTheNextUntried() {
        Failover failover = failover(Set.of(Trigger.CONNECT), "3m");

        Forecast forecast = forecast(failover, timeouts("default", "1h"), "a/x", "b/y").getFirst();

        assertThat(text(forecast)).isEqualTo("0s+10m never+10m");
    }

    @Test
    void targetsOfTwoDialects_areTwoForecasts() {
        List<Forecast> forecasts =
                forecast(Failover.DEFAULT, timeouts("default", "1h"), "a/x", "claude/opus", "b/y");

        assertThat(forecasts).extracting(Forecast::dialect).containsExactly(Dialect.values());
        assertThat(forecasts.get(0).steps()).extracting(Forecast.Step::place).containsExactly(0, 2);
        assertThat(text(forecasts.get(1))).isEqualTo("0s+10m");
    }

    private static String text(Forecast forecast) {
        StringBuilder out = new StringBuilder();
        for (Forecast.Step step : forecast.steps()) {
            String after =
                    step.afterNanos() == Forecast.NEVER
                            ? "never"
                            : step.afterNanos() == 0
                                    ? "0s"
                                    : new Span(step.afterNanos()).toString();
            out.append(out.isEmpty() ? "" : " ")
                    .append(after)
                    .append('+')
                    .append(step.granted().value())
                    .append(step.isCut() ? "!" : "");
        }
        return out.toString();
    }

    private static Failover failover(Set<Trigger> when, String patience) {
        Failover f = Failover.DEFAULT;
        Sourced<Span> firstToken =
                patience.equals("default")
                        ? f.firstToken()
                        : new Sourced<>(Span.parse(patience), "routes.r.failover.first-token");
        return new Failover(
                when,
                firstToken,
                f.retries(),
                f.backoff(),
                f.retryAfterMax(),
                f.reserve(),
                f.midStream(),
                f.hedgeAfter());
    }

    private static TimeoutSettings timeouts(String firstToken, String request) {
        Span all = Span.parse(request);
        return new TimeoutSettings(
                firstToken.equals("default")
                        ? Map.of(Limit.REQUEST, all)
                        : Map.of(Limit.REQUEST, all, Limit.FIRST_TOKEN, Span.parse(firstToken)),
                null);
    }

    private static List<Forecast> forecast(
            Failover failover, TimeoutSettings timeouts, String... targets) {
        List<List<TargetRef>> places =
                Arrays.stream(targets).map(TargetRef::parse).map(List::of).toList();
        Route route =
                new Route(
                        "r",
                        places,
                        timeouts,
                        KeepAliveSettings.NONE,
                        failover,
                        UpstreamForm.AS_ASKED,
                        Span.OFF);
        Map<String, Provider> providers =
                Map.of(
                        "a", provider("a", Dialect.OPENAI),
                        "b", provider("b", Dialect.OPENAI),
                        "c", provider("c", Dialect.OPENAI),
                        "claude", provider("claude", Dialect.ANTHROPIC));
        Config config =
                new Config(
                        Listen.DEFAULT,
                        Policies.DEFAULT,
                        Auth.NONE,
                        Limits.DEFAULT,
                        providers,
                        Map.of("r", route));
        return Forecast.of(config, route);
    }

    private static Provider provider(String name, Dialect dialect) {
        return new Provider(
                name,
                dialect,
                new Upstream(
                        BaseUrl.parse("http://127.0.0.1:1/v1"), null, null, HttpVersionChoice.AUTO),
                new ApiKey.None(),
                Map.of(),
                TimeoutSettings.NONE,
                KeepAliveSettings.NONE,
                ProviderPolicy.DEFAULT);
    }
}
