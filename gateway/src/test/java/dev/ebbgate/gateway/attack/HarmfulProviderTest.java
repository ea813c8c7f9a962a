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
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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
