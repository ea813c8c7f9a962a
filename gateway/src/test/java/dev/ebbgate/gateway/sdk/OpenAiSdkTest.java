package dev.ebbgate.gateway.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.RateLimitException;
import com.openai.errors.SseException;
import com.openai.errors.UnauthorizedException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.embeddings.EmbeddingCreateParams;

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

/// OpenAI's own Java client, through the gateway, keys asked for.
class OpenAiSdkTest {

    private static final String KEY = Leaks.SECRET + "-agents";

    private static Site site;
    private static OpenAIClient client;

    @BeforeAll
    static void open() {
        site =
                Site.open(
                        Site.PROVIDERS
                                + """
                                  eager:
                                    dialect: openai
                                    base-url: "${SIM}/v1"
                                    keep-alive: {after: 100ms, every: 50ms}
                                  onward: {dialect: openai, base-url: "${SIM}/v1", continuation: prefill}
                                auth: {keys: {agents: "${AGENTS}"}}
                                routes:
                                  coder: {targets: ["sim/sim:rate=burst"]}
                                  assembled: {targets: ["sim/sim:eof", "sim/sim:rate=burst"], upstream: streamed}
                                  called: {targets: ["sim/sim:tool-call;rate=burst"], upstream: streamed}
                                  healed: {targets: ["sim/sim:unauthorized", "sim/sim:rate=burst"]}
                                  held: {targets: ["sim/sim:reset;seed=7", "onward/sim:rate=burst;seed=7"], failover: {mid-stream: hold, retries: 0}}
                                  continued: {targets: ["sim/sim:reset;seed=7", "onward/sim:rate=burst;seed=7"], failover: {mid-stream: continue, retries: 0}}
                                """,
                        Map.of("AGENTS", KEY));
        client = client(KEY);
        whole("coder"); // from here on nothing is slow for being new
    }

    private static OpenAIClient client(String key) {
        return OpenAIOkHttpClient.builder().baseUrl(site.url() + "/v1").apiKey(key).build();
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

    private static ChatCompletionCreateParams.Builder ask(String model) {
        return ChatCompletionCreateParams.builder().model(model).addUserMessage(Leaks.PROMPT);
    }

    private static ChatCompletion streamed(ChatCompletionCreateParams.Builder ask) {
        ChatCompletionAccumulator all = ChatCompletionAccumulator.create();
        ask.streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build());
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(ask.build())) {
            stream.stream().forEach(all::accumulate);
        }
        return all.chatCompletion();
    }

    private static ChatCompletion whole(String model) {
        return client.chat().completions().create(ask(model).build());
    }

    @Test
    void answer_isTheSameStreamedAndNot() {
        ChatCompletion whole = whole("coder");
        ChatCompletion streamed = streamed(ask("coder"));

        String text = whole.choices().getFirst().message().content().orElseThrow();
        assertThat(text).isNotBlank();
        assertThat(streamed.choices().getFirst().message().content()).contains(text);
        assertThat(whole.usage().orElseThrow().completionTokens()).isEqualTo(16);
        assertThat(streamed.usage().orElseThrow().completionTokens()).isEqualTo(16);
    }

    @Test
    void patienceOfThisClient_isWhatPatienceIsTestedWith() {
        whole("coder");

        JournalEntry.Received received = site.journal().getFirst().received();
        assertThat(received.header("x-stainless-lang")).isEqualTo("java");
        assertThat(received.header("x-stainless-timeout")).isEqualTo("600");
        assertThat(received.header("x-stainless-read-timeout")).isEqualTo("600");
    }

    @Test
    void toolCall_arrivesWhole() {
        String model = "sim/sim:tool-call;rate=burst";

        ChatCompletion whole = whole(model);
        ChatCompletion streamed = streamed(ask(model));

        var call = call(whole);
        assertThat(call.name()).isNotBlank();
        assertThat(call.arguments()).startsWith("{").endsWith("}");
        assertThat(call(streamed).arguments()).isEqualTo(call.arguments());
        assertThat(whole.choices().getFirst().finishReason())
                .isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
    }

    @Test
    void answerMadeOfAStream_isLikeAnyOther() {
        ChatCompletion direct = whole("coder");
        ChatCompletion assembled = whole("assembled");

        assertThat(assembled.choices().getFirst().message().content())
                .isEqualTo(direct.choices().getFirst().message().content());
        assertThat(assembled.usage().orElseThrow().completionTokens()).isEqualTo(16);
        assertThat(call(whole("called")).arguments())
                .isEqualTo(call(whole("sim/sim:tool-call;rate=burst")).arguments());
    }

    private static com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall.Function
            call(ChatCompletion answer) {
        var calls = answer.choices().getFirst().message().toolCalls().orElseThrow();
        return calls.getFirst().function().orElseThrow().function();
    }

    @Test
    void keepAlivesInALongPrefill_areNotSeen() {
        ChatCompletion answer = streamed(ask("eager/sim:prefill=600ms;tokens=5;rate=burst"));

        assertThat(answer.usage().orElseThrow().completionTokens()).isEqualTo(5);
        site.settle();
        assertThat(site.entries().getLast().told().earlyHead()).isTrue();
    }

    @Test
    void embeddings_areAnswered() {
        var asked = EmbeddingCreateParams.builder().model("coder").input(Leaks.PROMPT).build();

        var answer = client.embeddings().create(asked);

        assertThat(answer.data().getFirst().embedding()).isNotEmpty();
    }

    @Test
    void models_areTheRoutesAndWhatProvidersHave() {
        var models = client.models().list().data();

        assertThat(models)
                .extracting(com.openai.models.models.Model::id)
                .startsWith(
                        "coder",
                        "assembled",
                        "called",
                        "healed",
                        "held",
                        "continued",
                        "sim/*",
                        "claude/*");
        assertThat(client.models().retrieve("coder").id()).isEqualTo("coder");
    }

    @Test
    void unknownModel_isNotFound() {
        NotFoundException e = catchThrowableOfType(NotFoundException.class, () -> whole("codr"));

        assertThat(e.statusCode()).isEqualTo(404);
        assertThat(e.code()).contains("model_not_found");
        assertThat(e.type()).contains("invalid_request_error");
        assertThat(e).hasMessageContaining("did you mean coder?");
        assertThat(site.journal()).isEmpty();
    }

    @Test
    void badKey_isUnauthorized() {
        OpenAIClient stranger = client(Leaks.SECRET + "-wrong");

        UnauthorizedException e =
                catchThrowableOfType(
                        UnauthorizedException.class,
                        () -> stranger.chat().completions().create(ask("coder").build()));

        assertThat(e.code()).contains("invalid_api_key");
        stranger.close();
    }

    @Test
    @DisplayName("P3 N2 a limit that fires is told in full, and asked once")
    void limit_isToldAndNotRetried() {
        ChatCompletionCreateParams asked =
                ask("sim/sim:hang-headers")
                        .putAdditionalHeader("x-ebbgate-timeout-first-token", "200ms")
                        .build();

        OpenAIServiceException e =
                catchThrowableOfType(
                        InternalServerException.class,
                        () -> client.chat().completions().create(asked));

        assertThat(e.statusCode()).isEqualTo(504);
        assertThat(e.code()).contains("first-token");
        assertThat(e.type()).contains("timeout_error");
        assertThat(e).hasMessageContaining("provider did not respond: no answer for ");
        assertThat(e.headers().values("x-should-retry")).containsExactly("false");
        assertThat(site.journal()).hasSize(1);
    }

    @Test
    @DisplayName("P3 a limit that fires after the head is an exception, and no truncated answer")
    void limitInsideA200_isAnException() {
        ChatCompletionCreateParams.Builder asked =
                ask("eager/sim:hang-headers")
                        .putAdditionalHeader("x-ebbgate-timeout-first-token", "900ms");

        SseException e = catchThrowableOfType(SseException.class, () -> streamed(asked));

        assertThat(e.statusCode()).isEqualTo(200);
        assertThat(e).hasMessageContaining("provider did not respond: no token for ");
        assertThat(site.journal()).hasSize(1);
    }

    @Test
    void brokenStream_isAnException() {
        SseException e =
                catchThrowableOfType(
                        SseException.class, () -> streamed(ask("sim/sim:reset;rate=burst")));

        assertThat(e).hasMessageContaining("provider broke the connection");
        assertThat(e).hasMessageContaining("committed=true");
    }

    @Test
    void errorFrameOfTheProvider_isAnException() {
        SseException e =
                catchThrowableOfType(
                        SseException.class, () -> streamed(ask("sim/sim:error-frame;rate=burst")));

        assertThat(e.body().toString()).contains("ebbgate");
    }

    @Test
    void refusalOfTheProvider_passesThroughAndIsRetriedByTheClient() {
        RateLimitException e =
                catchThrowableOfType(
                        RateLimitException.class,
                        () -> whole("sim/sim:status=429;error=rate_limit_exceeded"));

        assertThat(e.statusCode()).isEqualTo(429);
        assertThat(e.code()).contains("rate_limit_exceeded");
        assertThat(e.headers().values("x-ebbgate-target")).hasSize(1);
        assertThat(site.journal()).hasSize(3);
        assertThat(site.journal())
                .extracting(JournalEntry::received)
                .extracting(received -> received.header("x-stainless-retry-count"))
                .containsExactlyInAnyOrder("0", "1", "2");
    }

    @Test
    void serverErrorOfTheProvider_passesThrough() {
        InternalServerException e =
                catchThrowableOfType(
                        InternalServerException.class, () -> streamed(ask("sim/sim:server-error")));

        assertThat(e.statusCode()).isEqualTo(500);
        assertThat(site.journal()).as("the gateway asks again, and nobody else").hasSize(2);
    }

    @Test
    @DisplayName("C2 a target that fails is not seen: one clean answer")
    void failover_isOneCleanAnswer() {
        ChatCompletion whole = whole("healed");
        ChatCompletion streamed = streamed(ask("healed"));

        String text = whole.choices().getFirst().message().content().orElseThrow();
        assertThat(streamed.choices().getFirst().message().content()).contains(text);
        assertThat(streamed.usage().orElseThrow().completionTokens()).isEqualTo(16);
        assertThat(site.journal()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"held", "continued"})
    void streamThatBroke_isOneAnswerOfTheNextTarget(String model) {
        ChatCompletion healthy = streamed(ask("onward/sim:rate=burst;seed=7"));

        ChatCompletion healed = streamed(ask(model));

        ChatCompletion.Choice choice = healed.choices().getFirst();
        assertThat(choice.message().content())
                .isEqualTo(healthy.choices().getFirst().message().content());
        assertThat(choice.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
        assertThat(site.journal()).hasSize(3);
    }
}
