package dev.ebbgate.gateway.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.errors.NotFoundException;
import com.anthropic.errors.RateLimitException;
import com.anthropic.errors.SseException;
import com.anthropic.errors.UnauthorizedException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.ToolUseBlock;
import com.anthropic.models.models.ModelInfo;

import dev.ebbgate.gateway.site.Leaks;
import dev.ebbgate.gateway.site.Site;
import dev.ebbgate.sim.JournalEntry;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;

/// Anthropic's own Java client, through the gateway, keys asked for.
class AnthropicSdkTest {

    private static final String KEY = Leaks.SECRET + "-agents";

    private static Site site;
    private static AnthropicClient client;

    @BeforeAll
    static void open() {
        site =
                Site.open(
                        Site.PROVIDERS
                                + """
                                  eager:
                                    dialect: anthropic
                                    base-url: "${SIM}"
                                    keep-alive: {after: 100ms, every: 50ms}
                                  onward: {dialect: anthropic, base-url: "${SIM}", continuation: prefill}
                                auth: {keys: {agents: "${AGENTS}"}}
                                routes:
                                  opus: {targets: ["claude/sim:rate=burst"]}
                                  assembled: {targets: ["claude/sim:eof", "claude/sim:rate=burst"], upstream: streamed}
                                  called: {targets: ["claude/sim:tool-call;rate=burst"], upstream: streamed}
                                  healed: {targets: ["claude/sim:unauthorized", "claude/sim:rate=burst"]}
                                  held: {targets: ["claude/sim:reset;seed=7", "onward/sim:rate=burst;seed=7"], failover: {mid-stream: hold, retries: 0}}
                                  continued: {targets: ["claude/sim:reset;seed=7", "onward/sim:rate=burst;seed=7"], failover: {mid-stream: continue, retries: 0}}
                                """,
                        Map.of("AGENTS", KEY));
        client = AnthropicOkHttpClient.builder().baseUrl(site.url()).apiKey(KEY).build();
        whole("opus"); // from here on nothing is slow for being new
    }

    @BeforeEach
    void forget() {
        site.forget();
    }

    @AfterEach
    void settle() {
        site.settle();
    }

    @AfterAll
    static void close() {
        client.close();
        site.close();
    }

    private static MessageCreateParams.Builder ask(String model) {
        return MessageCreateParams.builder()
                .model(model)
                .maxTokens(100)
                .addUserMessage(Leaks.PROMPT);
    }

    private static Message whole(String model) {
        return client.messages().create(ask(model).build());
    }

    private static Message streamed(MessageCreateParams.Builder ask) {
        MessageAccumulator all = MessageAccumulator.create();
        try (StreamResponse<RawMessageStreamEvent> stream =
                client.messages().createStreaming(ask.build())) {
            stream.stream().forEach(all::accumulate);
        }
        return all.message();
    }

    private static String text(Message message) {
        return message.content().getFirst().text().orElseThrow().text();
    }

    @Test
    void answer_isTheSameStreamedAndNot() {
        Message whole = whole("opus");
        Message streamed = streamed(ask("opus"));

        assertThat(text(whole)).isNotBlank().isEqualTo(text(streamed));
        assertThat(whole.usage().outputTokens()).isEqualTo(16);
        assertThat(streamed.usage().outputTokens()).isEqualTo(16);
        assertThat(streamed.stopReason()).contains(StopReason.END_TURN);
    }

    @Test
    void bearerToken_isAcceptedAsAKeyToo() {
        AnthropicClient bearer =
                AnthropicOkHttpClient.builder().baseUrl(site.url()).authToken(KEY).build();

        assertThat(text(bearer.messages().create(ask("opus").build()))).isNotBlank();
        bearer.close();
    }

    @Test
    void patienceOfThisClient_isWhatPatienceIsTestedWith() {
        whole("opus");

        JournalEntry.Received received = site.journal().getFirst().received();
        assertThat(received.header("x-stainless-lang")).isEqualTo("java");
        assertThat(received.header("x-stainless-timeout")).isEqualTo("600");
        assertThat(received.header("x-stainless-read-timeout")).isEqualTo("600");
    }

    @Test
    void toolCall_arrivesWhole() {
        String model = "claude/sim:tool-call;rate=burst";

        ToolUseBlock whole = call(whole(model));
        ToolUseBlock streamed = call(streamed(ask(model)));

        assertThat(whole.name()).isNotBlank().isEqualTo(streamed.name());
        assertThat(whole._input()).isEqualTo(streamed._input());
        assertThat(whole._input().toString()).isNotBlank().isNotEqualTo("{}");
    }

    @Test
    void answerMadeOfAStream_isLikeAnyOther() {
        Message direct = whole("opus");
        Message assembled = whole("assembled");

        assertThat(text(assembled)).isEqualTo(text(direct));
        assertThat(assembled.usage().outputTokens()).isEqualTo(direct.usage().outputTokens());
        assertThat(assembled.stopReason()).contains(StopReason.END_TURN);
        assertThat(call(whole("called"))._input())
                .isEqualTo(call(whole("claude/sim:tool-call;rate=burst"))._input());
    }

    private static ToolUseBlock call(Message message) {
        return message.content().getLast().toolUse().orElseThrow();
    }

    @Test
    void keepAlivesInALongPrefill_areNotSeen() {
        Message answer = streamed(ask("eager/sim:prefill=600ms;tokens=5;rate=burst"));

        assertThat(answer.usage().outputTokens()).isEqualTo(5);
        site.settle();
        assertThat(site.entries().getLast().told().earlyHead()).isTrue();
    }

    @Test
    void countTokens_isAnswered() {
        var asked =
                MessageCountTokensParams.builder()
                        .model("opus")
                        .addUserMessage(Leaks.PROMPT)
                        .build();

        assertThat(client.messages().countTokens(asked).inputTokens()).isPositive();
    }

    @Test
    void models_areTheRoutesAndWhatProvidersHave() {
        var models = client.models().list().data();

        assertThat(models)
                .extracting(ModelInfo::id)
                .startsWith(
                        "opus",
                        "assembled",
                        "called",
                        "healed",
                        "held",
                        "continued",
                        "sim/*",
                        "claude/*");
        assertThat(client.models().retrieve("opus").displayName()).isEqualTo("opus");
    }

    @Test
    void unknownModel_isNotFound() {
        NotFoundException e = catchThrowableOfType(NotFoundException.class, () -> whole("opos"));

        assertThat(e.body().toString()).contains("did you mean opus?", "not_found_error");
        assertThat(site.journal()).isEmpty();
    }

    @Test
    void badKey_isUnauthorized() {
        AnthropicClient stranger =
                AnthropicOkHttpClient.builder()
                        .baseUrl(site.url())
                        .apiKey(Leaks.SECRET + "-wrong")
                        .build();

        UnauthorizedException e =
                catchThrowableOfType(
                        UnauthorizedException.class,
                        () -> stranger.messages().create(ask("opus").build()));

        assertThat(e.body().toString()).contains("authentication_error");
        stranger.close();
    }

    @Test
    @DisplayName("P3 N2 a limit that fires is told in full, and asked once")
    void limit_isToldAndNotRetried() {
        MessageCreateParams asked =
                ask("claude/sim:hang-headers")
                        .putAdditionalHeader("x-ebbgate-timeout-first-token", "200ms")
                        .build();

        AnthropicServiceException e =
                catchThrowableOfType(
                        AnthropicServiceException.class, () -> client.messages().create(asked));

        assertThat(e.statusCode()).isEqualTo(504);
        assertThat(e.body().toString())
                .contains("provider did not respond: no answer for ", "timeout_error");
        assertThat(e.headers().values("x-should-retry")).containsExactly("false");
        assertThat(site.journal()).hasSize(1);
    }

    @Test
    @DisplayName("P3 a limit that fires after the head is an exception, and no truncated answer")
    void limitInsideA200_isAnException() {
        MessageCreateParams.Builder asked =
                ask("eager/sim:hang-headers")
                        .putAdditionalHeader("x-ebbgate-timeout-first-token", "900ms");

        SseException e = catchThrowableOfType(SseException.class, () -> streamed(asked));

        assertThat(e.statusCode()).isEqualTo(200);
        assertThat(e.body().toString()).contains("provider did not respond: no token for ");
        assertThat(site.journal()).hasSize(1);
    }

    @Test
    void brokenStream_isAnException() {
        SseException e =
                catchThrowableOfType(
                        SseException.class, () -> streamed(ask("claude/sim:reset;rate=burst")));

        assertThat(e.body().toString())
                .contains("provider broke the connection", "committed=true", "api_error");
    }

    @Test
    void errorFrameOfTheProvider_isAnException() {
        SseException e =
                catchThrowableOfType(
                        SseException.class,
                        () -> streamed(ask("claude/sim:error-frame;rate=burst")));

        assertThat(e.body().toString()).contains("ebbgate");
    }

    @Test
    void refusalOfTheProvider_passesThroughAndIsRetriedByTheClient() {
        RateLimitException e =
                catchThrowableOfType(
                        RateLimitException.class, () -> whole("claude/sim:status=429"));

        assertThat(e.body().toString()).contains("rate_limit_error");
        assertThat(e.headers().values("x-ebbgate-target")).hasSize(1);
        assertThat(site.journal()).hasSize(3);
    }

    @Test
    void overloadedProvider_passesThrough() {
        AnthropicServiceException e =
                catchThrowableOfType(
                        AnthropicServiceException.class,
                        () -> streamed(ask("claude/sim:status=529")));

        assertThat(e.statusCode()).isEqualTo(529);
        assertThat(e.body().toString()).contains("overloaded_error");
        assertThat(site.journal()).as("the gateway asks again, and nobody else").hasSize(2);
    }

    @Test
    @DisplayName("C2 a target that fails is not seen: one clean answer")
    void failover_isOneCleanAnswer() {
        Message whole = whole("healed");
        Message streamed = streamed(ask("healed"));

        assertThat(text(whole)).isNotBlank().isEqualTo(text(streamed));
        assertThat(streamed.usage().outputTokens()).isEqualTo(16);
        assertThat(site.journal()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"held", "continued"})
    void streamThatBroke_isOneAnswerOfTheNextTarget(String model) {
        Message healthy = streamed(ask("onward/sim:rate=burst;seed=7"));

        Message healed = streamed(ask(model));

        assertThat(text(healed)).isEqualTo(text(healthy));
        assertThat(healed.stopReason()).contains(StopReason.END_TURN);
        assertThat(site.journal()).hasSize(3);
    }
}
