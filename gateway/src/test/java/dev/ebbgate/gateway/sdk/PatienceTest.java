package dev.ebbgate.gateway.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.event.Events;
import dev.ebbgate.core.exchange.ExchangePolicy;
import dev.ebbgate.core.exchange.Outcome;
import dev.ebbgate.core.exchange.UpstreamEvent.Signal;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.dialects.Operation;
import dev.ebbgate.gateway.config.ConfigLoader;
import dev.ebbgate.gateway.desk.Desk;
import dev.ebbgate.gateway.desk.Verdict;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Map;

/// What the official clients say of their patience in the headers of every request, and what comes
/// of it: their own words, judged by the desk that judges all requests, played in virtual time.
class PatienceTest {

    private static final Span ELEVEN_MINUTES = Span.parse("11m");

    private static final String YAML =
            """
            version: 1
            keep-alive: {after: 15m, every: 15m}
            providers:
              o: {dialect: openai, base-url: "http://127.0.0.1:1/v1"}
              a: {dialect: anthropic, base-url: "http://127.0.0.1:1"}
            """;

    /// The headers as the clients were seen to send them.
    ///
    /// `request` is what the limit on a buffered call becomes: the nearest of what the client said,
    /// less 500 ms. `cuts`: whether a stream is held to it too. `gap`: within what time a silent
    /// stream must show a sign of life, which python repeats; null: never.
    enum Sdk {
        OPENAI_PYTHON(
                Map.of("x-stainless-lang", "python", "x-stainless-read-timeout", "600"),
                "9m59s500ms",
                false,
                "9m59s500ms"),
        OPENAI_JS(
                Map.of("x-stainless-lang", "js", "x-stainless-retry-count", "0"),
                "1h",
                false,
                null),
        OPENAI_JS_WITH_TIMEOUT(
                Map.of("x-stainless-lang", "js", "x-stainless-timeout", "42"),
                "41s500ms",
                false,
                "41s500ms"),
        ANTHROPIC_PYTHON(
                Map.of(
                        "x-stainless-lang", "python",
                        "x-stainless-timeout", "600",
                        "x-stainless-read-timeout", "600"),
                "9m59s500ms",
                false,
                "9m59s500ms"),
        ANTHROPIC_JS(
                Map.of("x-stainless-lang", "js", "x-stainless-timeout", "600"),
                "9m59s500ms",
                false,
                "9m59s500ms"),
        JAVA(
                Map.of(
                        "x-stainless-lang", "java",
                        "x-stainless-timeout", "600",
                        "x-stainless-read-timeout", "600"),
                "9m59s500ms",
                true,
                null),
        JAVA_WITH_15_MINUTES(
                Map.of(
                        "x-stainless-lang", "java",
                        "x-stainless-timeout", "900",
                        "x-stainless-read-timeout", "900"),
                "14m59s500ms",
                true,
                null);

        private final Map<String, String> headers;
        private final Span request;
        private final boolean cuts;
        private final @Nullable Span gap;

        Sdk(Map<String, String> headers, String request, boolean cuts, @Nullable String gap) {
            this.headers = headers;
            this.request = Span.parse(request);
            this.cuts = cuts;
            this.gap = gap == null ? null : Span.parse(gap);
        }
    }

    private static ExchangePolicy policy(Sdk sdk, boolean streamed) {
        Config config =
                switch (ConfigLoader.parse("p.yaml", YAML, Map.of())) {
                    case ConfigLoader.Loaded(Config loaded, _) -> loaded;
                    case ConfigLoader.Refused(var problems) ->
                            throw new AssertionError(problems.toString());
                };
        boolean anthropic = sdk.name().startsWith("ANTHROPIC");
        Operation operation = anthropic ? Operation.MESSAGES : Operation.CHAT_COMPLETIONS;
        String model = anthropic ? "a/m" : "o/m";
        String body = "{\"model\":\"" + model + "\",\"stream\":" + streamed + "}";
        MultiMap headers = HttpHeaders.headers().addAll(sdk.headers);
        return switch (new Desk(config, Events.NONE)
                .judge(operation, body.getBytes(UTF_8), headers)) {
            case Verdict.Admitted(var plan) -> plan.policy();
            case Verdict.Refused(var kind, var message, _) ->
                    throw new AssertionError(kind + ": " + message);
        };
    }

    @ParameterizedTest
    @EnumSource(Sdk.class)
    @DisplayName("P1 the headers of an SDK never end a stream that flows for 11 minutes")
    void streamOfElevenMinutes_isEndedByNothingButAJavaClientsOwnTimeout(Sdk sdk) {
        Hours hours = new Hours(policy(sdk, true)).hear(Signal.CONNECTED);

        hours.tokensUntil(ELEVEN_MINUTES);

        if (sdk.cuts && ELEVEN_MINUTES.isLongerThan(sdk.request)) {
            // The client's own call ends 500 ms later, whatever flows; this way it learns why.
            assertThat(hours.endedAt()).isEqualTo(sdk.request);
            assertThat(hours.outcome()).isInstanceOf(Outcome.TimedOut.class);
        } else {
            assertThat(hours.outcome()).isNull();
            hours.hear(Signal.FINISHED).hear(Signal.DONE);
            assertThat(hours.outcome()).isInstanceOf(Outcome.Completed.class);
        }
    }

    @ParameterizedTest
    @EnumSource(Sdk.class)
    void bufferedCall_isEndedBeforeTheClientGivesUp(Sdk sdk) {
        ExchangePolicy policy = policy(sdk, false);
        Hours hours = new Hours(policy).hear(Signal.CONNECTED);

        assertThat(policy.targets().getFirst().request().value()).isEqualTo(sdk.request);
        hours.until(Span.parse("9m59s"));
        boolean shorter = !sdk.request.isLongerThan(Span.parse("9m59s"));
        assertThat(hours.endedAt()).isEqualTo(shorter ? sdk.request : null);
    }

    @ParameterizedTest
    @EnumSource(Sdk.class)
    void silentStream_showsASignOfLifeBeforeTheClientGivesUp(Sdk sdk) {
        Hours hours = new Hours(policy(sdk, true)).hear(Signal.CONNECTED);

        hours.until(Span.parse("9m59s900ms"));

        Span gap = sdk.gap;
        if (gap == null) {
            assertThat(hours.sentAt()).isEmpty();
        } else {
            assertThat(hours.sentAt()).containsExactly(gap);
        }
    }
}
