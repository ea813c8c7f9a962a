package dev.ebbgate.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.tools.stream.StreamCutException;
import dev.ebbgate.tools.stream.StreamLimits;
import dev.ebbgate.tools.stream.StreamWatch;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.reactivestreams.Subscription;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Streams of a scripted model, read as Spring AI's users read them.
@Execution(ExecutionMode.CONCURRENT)
@Timeout(60)
class WatchedChatModelTest {

    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final StreamLimits LIMITS =
            StreamLimits.DEFAULT.withFirstToken(LONG).withStreamIdle(LONG);

    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final List<String> read = new CopyOnWriteArrayList<>();

    @Test
    @DisplayName("N1, N2, N5: no token comes: told on time, and the model's stream is cancelled")
    void modelIsSilent_itDidNotRespond() throws Exception {
        long start = System.nanoTime();

        assertCut(Flux.never(), LIMITS.withFirstToken(SHORT), "provider did not respond");

        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SHORT.toNanos());
    }

    @Test
    @DisplayName("N5: a role and a count of tokens are no token")
    void onlyARoleComes_itDidNotRespond() throws Exception {
        Flux<ChatResponse> role = Flux.just(part(""), new ChatResponse(List.of()));

        assertCut(
                role.concatWith(Flux.never()),
                LIMITS.withFirstToken(SHORT),
                "provider did not respond");
        assertThat(read).hasSize(2);
    }

    @Test
    @DisplayName("N2, N5: it stalls after tokens: told otherwise, and the stream is cancelled")
    void streamStalls_itStoppedUnexpectedly() throws Exception {
        Flux<ChatResponse> tokens = Flux.just(part("one"), part("two"));

        StreamCutException cut =
                assertCut(
                        tokens.concatWith(Flux.never()),
                        LIMITS.withStreamIdle(SHORT),
                        "provider stopped unexpectedly");

        assertThat(cut.limit()).isEqualTo(Limit.STREAM_IDLE);
        assertThat(read).containsExactly("one", "two");
    }

    @Test
    @DisplayName("N5: a good answer is untouched")
    void answerIsWhole_itPasses() {
        List<ChatResponse> whole = List.of(part("one"), part("two"));

        assertThat(watched(Flux.fromIterable(whole), LIMITS).collectList().block())
                .isEqualTo(whole);
        assertThat(cancelled.getCount()).isEqualTo(1);
    }

    @Test
    void modelFails_itsErrorComesAsItIs() {
        Flux<ChatResponse> failing =
                Flux.just(part("one")).concatWith(Flux.error(new IllegalStateException("broken")));

        assertThatIllegalStateException()
                .isThrownBy(() -> watched(failing, LIMITS).blockLast())
                .withMessage("broken");
    }

    @Test
    void modelThrowsAtOnce_theStreamFails() {
        ChatModel broken =
                new ScriptedModel(() -> {
                    throw new IllegalStateException("no such model");
                });

        assertThatIllegalStateException()
                .isThrownBy(() -> watched(broken, LIMITS).blockLast())
                .withMessage("no such model");
    }

    @Test
    void readerCancels_theModelsStreamIsCancelled() throws Exception {
        Disposable reading = watched(Flux.never(), LIMITS).subscribe();

        reading.dispose();

        assertThat(cancelled.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void readerAsksForNothing_theModelIsNotTakenToBeSilent() throws Exception {
        Sinks.Many<ChatResponse> model = Sinks.many().unicast().onBackpressureBuffer();
        CountDownLatch over = new CountDownLatch(1);
        var reader =
                new BaseSubscriber<ChatResponse>() {
                    @Override
                    protected void hookOnSubscribe(Subscription subscription) {
                        // asks for nothing yet
                    }

                    @Override
                    protected void hookOnNext(ChatResponse part) {
                        read.add(text(part));
                    }

                    @Override
                    protected void hookOnComplete() {
                        over.countDown();
                    }
                };
        watched(model.asFlux(), LIMITS.withFirstToken(SHORT)).subscribe(reader);
        model.tryEmitNext(part("one"));
        TimeUnit.MILLISECONDS.sleep(2 * SHORT.toMillis());
        model.tryEmitComplete();

        reader.requestUnbounded();

        assertThat(over.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(read).containsExactly("one");
    }

    @Test
    @DisplayName("N1, N5: over a WebClient the provider is hung up on, before its first token too")
    void providerIsSilentOverAWebClient_itIsHungUpOn() throws Exception {
        CountDownLatch hungUp = new CountDownLatch(1);
        try (ServerSocket provider = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> listenTo(provider, hungUp));
            WebClient client =
                    WebClient.builder().clientConnector(new JdkClientHttpConnector()).build();
            String url = "http://127.0.0.1:" + provider.getLocalPort() + "/";
            Flux<ChatResponse> answer =
                    client.get()
                            .uri(url)
                            .retrieve()
                            .bodyToFlux(String.class)
                            .map(WatchedChatModelTest::part);

            assertCut(answer, LIMITS.withFirstToken(SHORT), "provider did not respond");

            assertThat(hungUp.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    /// Says nothing until the other side closes.
    private static void listenTo(ServerSocket provider, CountDownLatch hungUp) {
        try (Socket socket = provider.accept()) {
            InputStream in = socket.getInputStream();
            while (in.read() >= 0) {
                // the request; then nothing is expected
            }
        } catch (IOException _) {
            // closed in another way
        }
        hungUp.countDown();
    }

    private StreamCutException assertCut(
            Flux<ChatResponse> answer, StreamLimits limits, String message) throws Exception {
        Flux<ChatResponse> stream = watched(answer, limits).doOnNext(part -> read.add(text(part)));
        StreamCutException[] cut = new StreamCutException[1];

        assertThatExceptionOfType(StreamCutException.class)
                .isThrownBy(stream::blockLast)
                .withMessageContaining(message)
                .withMessageContaining("target=test-model")
                .satisfies(error -> cut[0] = error);

        assertThat(cancelled.await(20, TimeUnit.SECONDS)).isTrue();
        return cut[0];
    }

    private Flux<ChatResponse> watched(Flux<ChatResponse> answer, StreamLimits limits) {
        Flux<ChatResponse> noticed = answer.doOnCancel(cancelled::countDown);
        return watched(new ScriptedModel(() -> noticed), limits);
    }

    private static Flux<ChatResponse> watched(ChatModel model, StreamLimits limits) {
        return new WatchedChatModel(model, StreamWatch.of(limits)).stream(new Prompt("question"));
    }

    private static ChatResponse part(String text) {
        return new ChatResponse(List.of(new Generation(new AssistantMessage(text))));
    }

    private static String text(ChatResponse part) {
        Generation result = part.getResult();
        return result == null ? "" : String.valueOf(result.getOutput().getText());
    }

    /// A model that streams what it is given.
    private record ScriptedModel(Supplier<Flux<ChatResponse>> answer) implements ChatModel {

        @Override
        public ChatResponse call(Prompt prompt) {
            return part("whole");
        }

        @Override
        public ChatOptions getOptions() {
            return ChatOptions.builder().model("test-model").build();
        }

        @Override
        public Flux<ChatResponse> stream(Prompt prompt) {
            return answer.get();
        }
    }
}
