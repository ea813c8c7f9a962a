package dev.ebbgate.gateway.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.gateway.site.RawAnswer;
import dev.ebbgate.gateway.site.RawClient;
import dev.ebbgate.gateway.site.Site;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// Providers that do not read, answer too early, or answer what nobody may pass on.
class HarmfulProviderTest {

    private static final String CHAT = "/v1/chat/completions";
    private static final int LONG = 12_000_000;

    private static final String CHUNK =
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hi\"}}]}\n\n";

    private static Site before(BareProvider provider) {
        return Site.open(
                """
                timeouts: {first-token: 5s}
                providers: {p: {dialect: openai, base-url: "${P}/v1"}}
                """,
                Map.of("P", provider.url()));
    }

    private static String longBody() {
        return "{\"model\":\"p/m\",\"stream\":true,\"x\":\"" + "y".repeat(LONG) + "\"}";
    }

    /// Reads to the end of a connection; answers how much came, or -1 if its end was no reset.
    private static long untilReset(Socket socket) throws IOException {
        long count = 0;
        byte[] buffer = new byte[64 * 1024];
        InputStream in = socket.getInputStream();
        socket.setSoTimeout(5_000);
        try {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                count += n;
            }
            return -1;
        } catch (SocketException _) {
            return count;
        }
    }

    @Test
    void providerThatDoesNotRead_isAbortedWithTheClient() throws Exception {
        CompletableFuture<Void> left = new CompletableFuture<>();
        CompletableFuture<Long> read = new CompletableFuture<>();
        BareProvider.Conversation conversation =
                socket -> {
                    left.join();
                    read.complete(untilReset(socket));
                };
        try (BareProvider provider = new BareProvider(conversation);
                Site site = before(provider)) {
            try (RawClient client = site.client()) {
                client.send(RawClient.post(CHAT, longBody()));
                await(provider, 1);
            }
            site.settle();
            left.complete(null);

            long count = read.get(10, TimeUnit.SECONDS);

            assertThat(count).as("bytes before the reset").isBetween(0L, LONG - 1L);
        }
    }

    private static void await(BareProvider provider, int connections) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (provider.accepted().size() < connections && System.nanoTime() - until < 0) {
            Thread.onSpinWait();
        }
        assertThat(provider.accepted()).hasSize(connections);
    }

    @Test
    void answerBeforeTheQuestionWasRead_costsItsConnection() throws Exception {
        CompletableFuture<Long> first = new CompletableFuture<>();
        BareProvider.Conversation conversation =
                socket -> {
                    socket.getInputStream().readNBytes(1_000);
                    String answer = "HTTP/1.1 503 X\r\nContent-Length: 2\r\n\r\nno";
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                    first.complete(untilReset(socket));
                };
        try (BareProvider provider = new BareProvider(conversation);
                Site site = before(provider)) {
            RawAnswer one = site.post(CHAT, longBody());
            RawAnswer two = site.post(CHAT, longBody());

            assertThat(one.status()).isEqualTo(503);
            assertThat(two.status()).isEqualTo(503);
            assertThat(provider.accepted()).hasSize(4); // each was asked once more
            assertThat(first.get(10, TimeUnit.SECONDS)).isBetween(0L, LONG - 1_001L);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {413, 429})
    void refusalOfALongQuestionThatIsNotRead_passesThrough(int status) {
        BareProvider.Conversation conversation =
                socket -> {
                    InputStream in = socket.getInputStream();
                    byte[] head = in.readNBytes(100);
                    assertThat(head).isNotEmpty();
                    send(
                            socket,
                            "HTTP/1.1 "
                                    + status
                                    + " X\r\nRetry-After: 70\r\nConnection: close\r\n"
                                    + "Content-Length: 2\r\n\r\nno");
                    socket.close(); // with most of the question unread: a reset
                };
        try (BareProvider provider = new BareProvider(conversation);
                Site site = before(provider)) {
            for (int i = 0; i < 5; i++) {
                RawAnswer answer = site.post(CHAT, longBody());

                assertThat(answer.status()).isEqualTo(status);
                assertThat(answer.headers()).containsKey("retry-after");
            }
            assertThat(provider.accepted()).hasSize(5);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 102, 103, 104, 199})
    void responseBeforeTheAnswer_isLeftOut_andEveryCallGetsItsOwnAnswer(int interim) {
        BareProvider.Conversation conversation =
                socket -> {
                    for (String asked = asked(socket); !asked.isEmpty(); asked = asked(socket)) {
                        String number = asked.replaceAll("(?s).*[?]n=(\\d+) .*", "$1");
                        send(socket, "HTTP/1.1 " + interim + " X\r\nX-Interim: 1\r\n\r\n");
                        String answer = "{\"choices\":[{\"n\":" + number + "}]}";
                        String head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
                        String length = "Content-Length: " + answer.length() + "\r\n\r\n";
                        send(socket, head + length + answer);
                    }
                };
        try (BareProvider provider = new BareProvider(conversation);
                Site site = before(provider)) {
            for (int i = 0; i < 5; i++) {
                RawAnswer answer = site.post(CHAT + "?n=" + i, "{\"model\":\"p/m\"}");

                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.json().at("/choices/0/n").asInt(-1)).isEqualTo(i);
                assertThat(answer.headers()).doesNotContainKey("x-interim");
            }
            assertThat(provider.accepted()).hasSizeLessThanOrEqualTo(2); // one per event loop
            site.settle();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 500})
    void answerAfterWhichNobodyElseIsToBeAsked_passesThroughAsItCame(int status) {
        String body = "{\"error\":{\"message\":\"no\",\"type\":\"x\",\"code\":null}}";
        String head = "HTTP/1.1 " + status + " X\r\nContent-Length: " + body.length();
        String yaml =
                """
                providers: {p: {dialect: openai, base-url: "${P}/v1"}}
                routes: {two: {targets: [p/a, p/b], failover: {when: [connect], retries: 0}}}
                """;
        try (BareProvider provider = BareProvider.answering(head + "\r\n\r\n" + body);
                Site site = Site.open(yaml, Map.of("P", provider.url()))) {
            RawAnswer answer = site.post(CHAT, "{\"model\":\"two\"}");

            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.text()).isEqualTo(body);
            assertThat(answer.headers()).doesNotContainKey("x-should-retry");
            site.settle();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1 200 OK|X: , 70000, its head is longer than limits.header",
        "'HTTP/1.1 200 ', 70000, its head is longer than limits.header",
        "SSH-2.0 , 10, not HTTP",
    })
    void headThatCannotBeRead_isToldAsWhatItIs(String start, int length, String told) {
        String head = start.replace("|", "\r\n") + "y".repeat(length);
        try (BareProvider provider = BareProvider.answering(head + "\r\n\r\n");
                Site site = before(provider)) {
            RawAnswer answer = site.post(CHAT, "{\"model\":\"p/m\"}");

            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.text()).contains("malformed: " + told);
        }
    }

    @Test
    void connectionsThatDiedWhileIdle_areAllTakenForDead() throws Exception {
        int many = 6;
        CountDownLatch together = new CountDownLatch(many);
        String answer = "{\"choices\":[{\"a\":1}]}";
        String head = "HTTP/1.1 200 OK\r\nContent-Length: " + answer.length() + "\r\n\r\n";
        BareProvider.Conversation conversation =
                socket -> {
                    String _ = asked(socket);
                    together.countDown();
                    await(together);
                    send(socket, head + answer);
                    String _ = asked(socket);
                    socket.setSoLinger(true, 0);
                    socket.close();
                };
        try (BareProvider provider = new BareProvider(conversation);
                Site site = before(provider);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            String body = "{\"model\":\"p/m\"}";
            List<Callable<RawAnswer>> calls =
                    Collections.nCopies(many, () -> site.post(CHAT, body));
            for (var call : threads.invokeAll(calls)) {
                assertThat(call.get().status()).isEqualTo(200);
            }

            for (int i = 0; i < 2; i++) { // on whichever event loop
                RawAnswer next = site.post(CHAT, body);
                assertThat(next.status()).isEqualTo(200);
            }
            site.settle();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            boolean _ = latch.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static String asked(Socket socket) throws IOException {
        return BareProvider.request(socket);
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void answerInAnotherProtocol_costsItsConnection() throws Exception {
        CompletableFuture<Integer> end = new CompletableFuture<>();
        BareProvider.Conversation conversation =
                socket -> {
                    String _ = asked(socket);
                    send(socket, "HTTP/1.1 101 X\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n");
                    end.complete(socket.getInputStream().read());
                };
        try (BareProvider provider = new BareProvider(conversation);
                Site site = before(provider)) {
            RawAnswer answer = site.post(CHAT, "{\"model\":\"p/m\"}");

            assertThat(answer.status()).isEqualTo(502);
            assertThat(end.get(5, TimeUnit.SECONDS)).as("closed").isEqualTo(-1);
            site.settle();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "204, '',                                  502, provider",
        "304, '',                                  502, provider",
        "302, '',                                  502, write the address it names as base-url",
        "600, '',                                  502, provider",
        "999, '{\"error\":{\"message\":\"late\"}}',  502, late",
        "418, '',                                  418, provider",
    })
    void strangeStatus_isNeverPassedOnAsItIs(int status, String body, int told, String said) {
        String head = "HTTP/1.1 " + status + " X\r\nContent-Length: " + body.length();
        try (BareProvider provider = BareProvider.answering(head + "\r\n\r\n" + body);
                Site site = before(provider)) {
            RawAnswer answer = site.post(CHAT, "{\"model\":\"p/m\"}");

            assertThat(answer.status()).isEqualTo(told);
            assertThat(answer.json().path("error").path("message").asText()).contains(said);
            site.settle();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "422, '{\"detail\":[{\"loc\":[\"body\"],\"msg\":\"field required\"}]}', field required",
        "404, '{\"detail\":\"Not Found\"}',                         the provider says: Not Found",
        "400, 'model not loaded',                                the provider says: model not"
                + " loaded",
    })
    void errorInNoDialect_isQuoted(int status, String body, String said) {
        String head = "HTTP/1.1 " + status + " X\r\nContent-Length: " + body.length();
        try (BareProvider provider = BareProvider.answering(head + "\r\n\r\n" + body);
                Site site = before(provider)) {
            RawAnswer answer = site.post(CHAT, "{\"model\":\"p/m\"}");

            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.error().message()).contains(said);
            site.settle();
        }
    }

    @ParameterizedTest
    @CsvSource({"503, 2", "400, 1"})
    void ownErrorAfterTheGatewaysRetry_saysThatThereIsNoUseInMore(int status, int attempts) {
        String body = "{\"error\":{\"message\":\"ill\",\"type\":\"x\",\"code\":null}}";
        String answered =
                "HTTP/1.1 "
                        + status
                        + " X\r\nX-Should-Retry: true\r\nContent-Length: "
                        + body.length()
                        + "\r\n\r\n"
                        + body;
        try (BareProvider provider = BareProvider.answering(answered);
                Site site = before(provider)) {
            RawAnswer answer = site.post(CHAT, "{\"model\":\"p/m\"}");

            assertThat(answer.text()).isEqualTo(body);
            assertThat(answer.header("x-ebbgate-attempts")).isEqualTo("" + attempts);
            assertThat(answer.header("x-should-retry")).isEqualTo(Boolean.toString(attempts == 1));
            site.settle();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-A: a\u0001b", "X-A: a\u007fb", "X-A: a\u00c3\u00a9b", "X A: b"})
    void headerThatNobodyMayWrite_endsTheExchangeHonestly(String header) {
        String answer =
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                        + header
                        + "\r\nContent-Length: "
                        + CHUNK.length()
                        + "\r\n\r\n"
                        + CHUNK;
        try (BareProvider provider = BareProvider.answering(answer);
                Site site = before(provider)) {
            RawAnswer told = site.post(CHAT, "{\"model\":\"p/m\",\"stream\":true}");

            assertThat(told.status()).isIn(200, 500, 502);
            assertThat(told.text()).contains("\"ebbgate\":{").doesNotContain("[DONE]");
            site.settle();
        }
    }
}
