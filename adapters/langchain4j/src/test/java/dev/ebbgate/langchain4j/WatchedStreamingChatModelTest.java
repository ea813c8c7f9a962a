package dev.ebbgate.langchain4j;

import static dev.ebbgate.langchain4j.Provider.END;
import static dev.ebbgate.langchain4j.Provider.HEAD;
import static dev.ebbgate.langchain4j.Provider.say;
import static dev.ebbgate.langchain4j.Provider.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.tools.stream.StreamCutException;
import dev.ebbgate.tools.stream.StreamLimits;
import dev.ebbgate.tools.stream.StreamWatch;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.http.client.jdk.JdkHttpClient;
import dev.langchain4j.http.client.jdk.JdkHttpClientBuilder;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// LangChain4j's own OpenAI model, asking a provider on loopback.
@Execution(ExecutionMode.CONCURRENT)
@Timeout(60)
class WatchedStreamingChatModelTest {

    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final StreamLimits LIMITS =
            StreamLimits.DEFAULT.withFirstToken(LONG).withStreamIdle(LONG);

    private final Reader reader = new Reader();

    @Test
    @DisplayName("N1, N2, N5: no token comes: told on time, and the provider is hung up on")
    void providerIsSilent_itDidNotRespond() throws Exception {
        try (Provider provider = new Provider(_ -> {})) {
            long start = System.nanoTime();

            ask(closable(provider), LIMITS.withFirstToken(SHORT));

            assertCut(Limit.FIRST_TOKEN, "provider did not respond");
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SHORT.toNanos());
            assertThat(provider.isHungUpOnWithin(20)).isTrue();
            assertThat(reader.told).containsExactly("error");
        }
    }

    @Test
    @DisplayName("N5: keep-alives are no token: told on time, and the provider is hung up on")
    void onlyKeepAlivesCome_itDidNotRespond() throws Exception {
        try (Provider provider = Provider.saying(HEAD, ": keep-alive\n\n")) {
            ask(closable(provider), LIMITS.withFirstToken(SHORT));

            assertCut(Limit.FIRST_TOKEN, "provider did not respond");
            assertThat(provider.isHungUpOnWithin(20)).isTrue();
        }
    }

    @Test
    @DisplayName("N2, N5: it stalls after tokens: told otherwise, and the provider is hung up on")
    void streamStalls_itStoppedUnexpectedly() throws Exception {
        try (Provider provider = Provider.saying(HEAD, token("one"), token("two"))) {
            ask(model(provider, JdkHttpClient.builder()), LIMITS.withStreamIdle(SHORT));

            assertCut(Limit.STREAM_IDLE, "provider stopped unexpectedly");
            assertThat(provider.isHungUpOnWithin(20)).isTrue();
            assertThat(reader.told).containsExactly("one", "two", "error");
        }
    }

    @Test
    @DisplayName("N5: a good answer is untouched")
    void answerIsWhole_itPasses() throws Exception {
        try (Provider provider = Provider.sayingAll(HEAD, token("one"), token("two"), END)) {
            ask(closable(provider), LIMITS);

            assertThat(reader.whole().aiMessage().text()).isEqualTo("onetwo");
            assertThat(reader.told).containsExactly("one", "two", "whole");
        }
    }

    @Test
    void keepAlivesGoOn_aStreamIsNotIdle() throws Exception {
        Provider.Answer answer =
                out -> {
                    say(out, HEAD + token("one"));
                    for (int i = 0; i < 14; i++) {
                        TimeUnit.MILLISECONDS.sleep(250);
                        say(out, ": keep-alive\n\n");
                    }
                    say(out, token("two") + END);
                    out.close();
                };
        try (Provider provider = new Provider(answer)) {
            ask(closable(provider), LIMITS.withStreamIdle(Duration.ofSeconds(3)));

            assertThat(reader.whole().aiMessage().text()).isEqualTo("onetwo");
        }
    }

    /// LangChain4j's handle comes with the first partial response only.
    @Test
    void clientCannotBeClosed_itIsToldOnTime_andHungUpOnAtItsFirstToken() throws Exception {
        CountDownLatch late = new CountDownLatch(1);
        Provider.Answer answer =
                out -> {
                    late.await();
                    say(out, HEAD + token("one"));
                };
        try (Provider provider = new Provider(answer)) {
            ask(model(provider, JdkHttpClient.builder()), LIMITS.withFirstToken(SHORT));

            assertCut(Limit.FIRST_TOKEN, "provider did not respond");
            late.countDown();
            assertThat(provider.isHungUpOnWithin(20)).isTrue();
            assertThat(reader.told).containsExactly("error");
        }
    }

    @Test
    void readerCancels_theProviderIsHungUpOn_andNoLimitFires() throws Exception {
        try (Provider provider = Provider.saying(HEAD, token("one"))) {
            ask(closable(provider), LIMITS.withStreamIdle(Duration.ofSeconds(2)));
            var handle = reader.handle.get(20, TimeUnit.SECONDS);

            handle.cancel();

            assertThat(provider.isHungUpOnWithin(20)).isTrue();
            TimeUnit.MILLISECONDS.sleep(2_200);
            assertThat(handle.isCancelled()).isTrue();
            assertThat(reader.told).containsExactly("one");
        }
    }

    /// A model's reading thread may notice the closed connection before its `cancel` returns.
    @Test
    void modelTellsOfItsOwnCancelAsAnError_theReaderIsNotTold() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        StreamingChatModel telling =
                new StreamingChatModel() {
                    @Override
                    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
                        handler.onPartialResponse(
                                new PartialResponse("one"),
                                new PartialResponseContext(new TellingHandle(handler, closed)));
                    }
                };
        ask(telling, LIMITS);

        reader.handle.get(20, TimeUnit.SECONDS).cancel();

        assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(reader.told).containsExactly("one");
    }

    @Test
    void providerRefuses_itsErrorComesAsItIs() throws Exception {
        String refusal = "HTTP/1.1 429 Too Many\r\nContent-Length: 2\r\n\r\nno";
        try (Provider provider = Provider.saying(refusal)) {
            ask(closable(provider), LIMITS);

            assertThat(reader.error()).isInstanceOf(RateLimitException.class);
        }
    }

    @Test
    void modelThrowsAtOnce_theCallerGetsIt_andNothingIsToldLater() throws Exception {
        StreamingChatModel broken =
                new StreamingChatModel() {
                    @Override
                    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
                        throw new IllegalStateException("no such model");
                    }
                };

        assertThatIllegalStateException()
                .isThrownBy(() -> ask(broken, LIMITS.withFirstToken(SHORT)))
                .withMessage("no such model");
        TimeUnit.MILLISECONDS.sleep(800);
        assertThat(reader.told).isEmpty();
    }

    private void ask(StreamingChatModel model, StreamLimits limits) {
        new WatchedStreamingChatModel(model, StreamWatch.of(limits)).chat(request(), reader);
    }

    private static ChatRequest request() {
        return ChatRequest.builder().messages(UserMessage.from("secret question")).build();
    }

    private void assertCut(Limit limit, String message) throws Exception {
        assertThat(reader.error())
                .isInstanceOfSatisfying(
                        StreamCutException.class, cut -> assertThat(cut.limit()).isEqualTo(limit))
                .hasMessageContaining(message)
                .hasMessageContaining("target=test-model")
                .message()
                .doesNotContain("secret");
    }

    private static StreamingChatModel closable(Provider provider) {
        return model(
                provider,
                JdkHttpClient.builder()
                        .httpClientBuilder(ClosableHttpClient.builder(HttpClient.newBuilder())));
    }

    private static StreamingChatModel model(Provider provider, JdkHttpClientBuilder clients) {
        return OpenAiStreamingChatModel.builder()
                .httpClientBuilder(clients)
                .baseUrl(provider.url())
                .apiKey("key")
                .modelName("test-model")
                .build();
    }

    /// Tells the handler that the call failed, then that it has been closed.
    private record TellingHandle(StreamingChatResponseHandler handler, CountDownLatch closed)
            implements StreamingHandle {

        @Override
        public void cancel() {
            handler.onError(new IOException("closed"));
            closed.countDown();
        }

        @Override
        public boolean isCancelled() {
            return closed.getCount() == 0;
        }
    }
}
