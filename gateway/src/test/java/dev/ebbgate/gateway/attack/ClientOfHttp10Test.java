package dev.ebbgate.gateway.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.gateway.site.RawAnswer;
import dev.ebbgate.gateway.site.RawClient;
import dev.ebbgate.gateway.site.Site;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Streams to clients that know no chunks: only the connection's end tells theirs.
class ClientOfHttp10Test {

    @ParameterizedTest
    @ValueSource(strings = {"", "Connection: keep-alive\r\n"})
    void streamThatFails_endsWithItsFrameAndTheConnection(String header) {
        String body = "{\"model\":\"sim/sim:reset\",\"stream\":true}";
        String head = "POST /v1/chat/completions HTTP/1.0\r\nContent-Length: " + body.length();
        try (Site site = Site.open(Site.PROVIDERS);
                RawClient client = site.client()) {
            RawAnswer answer = client.send(head + "\r\n" + header + "\r\n" + body).answer();

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.headers()).doesNotContainKey("transfer-encoding");
            assertThat(answer.frame().code()).isEqualTo("reset");
            assertThat(answer.text()).doesNotContain("[DONE]");
        }
    }
}
