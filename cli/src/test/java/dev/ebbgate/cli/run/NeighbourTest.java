package dev.ebbgate.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.cli.http.StalledServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;

/// What is taken for a gateway, and what is not.
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NeighbourTest {

    private static Neighbour saying(String words) throws IOException, InterruptedException {
        try (StalledServer server = StalledServer.saying(words)) {
            return Neighbour.at(server.url());
        }
    }

    private static String answer(String body) {
        return "HTTP/1.1 200 OK\r\ncontent-length: " + body.length() + "\r\n\r\n" + body;
    }

    @Test
    void gateway_isKnownByItsPageOfHealth() throws Exception {
        assertThat(saying(answer("{\"status\":\"up\",\"errors_inside_200\":0}")))
                .isEqualTo(Neighbour.GATEWAY);
        assertThat(saying(answer("{\"status\":\"draining\",\"errors_inside_200\":0}")))
                .isEqualTo(Neighbour.DRAINING);
        assertThat(saying(answer("{\"status\":\"up\"}"))).isEqualTo(Neighbour.STRANGER);
    }

    @Test
    void whatSpeaksOtherwise_isAStranger() throws Exception {
        assertThat(saying("220 mail\r\n")).isEqualTo(Neighbour.STRANGER);
        assertThat(saying(answer("x".repeat(100_000)))).isEqualTo(Neighbour.STRANGER);
    }

    @Test
    void whatDoesNotAnswer_isNotWaitedForLong() throws Exception {
        assertThat(saying("")).isEqualTo(Neighbour.SILENT);
        assertThat(saying("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n"))
                .isEqualTo(Neighbour.SILENT);
        assertThat(Neighbour.SILENT.obstacle()).endsWith("does not answer within 2s");
    }

    @Test
    void portThatNobodyListensOn_isFree() throws Exception {
        StalledServer server = StalledServer.saying("");
        server.close();

        assertThat(Neighbour.at(server.url())).isEqualTo(Neighbour.NOBODY);
    }
}
