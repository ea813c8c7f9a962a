package dev.ebbgate.cli.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebbgate.core.limit.Span;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;

class BoundedClientTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nno"})
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void answerThatStalls_isGivenUp_andSoIsTheClient(String words) throws Exception {
        try (StalledServer server = StalledServer.saying(words)) {
            BoundedClient client = new BoundedClient(HttpClient.newBuilder());

            assertThatThrownBy(() -> ask(client, server, Span.ofMillis(200)))
                    .isInstanceOf(HttpTimeoutException.class)
                    .hasMessage("no whole answer within 200ms");
            client.close(); // waits for nothing
        }
    }

    @Test
    void wholeAnswer_isThere() throws Exception {
        try (StalledServer server =
                        StalledServer.saying("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
                BoundedClient client = new BoundedClient(HttpClient.newBuilder())) {

            assertThat(ask(client, server, Span.ofSeconds(20))).isEqualTo("ok");
        }
    }

    private static String ask(BoundedClient client, StalledServer server, Span patience)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url())).build();
        return client.send(request, BodyHandlers.ofString(), patience).body();
    }
}
