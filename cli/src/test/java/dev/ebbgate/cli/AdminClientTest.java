package dev.ebbgate.cli;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebbgate.cli.http.StalledServer;
import dev.ebbgate.core.limit.Span;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class AdminClientTest {

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void gatewayThatStallsInItsAnswer_isWaitedForNoLonger() throws Exception {
        String head = "HTTP/1.1 200 OK\r\nserver: ebbgate\r\ncontent-length: 9\r\n\r\n{";
        try (StalledServer gateway = StalledServer.saying(head);
                AdminClient client = new AdminClient(gateway.url(), "", Span.ofMillis(200))) {

            assertThatThrownBy(() -> client.get("/routes"))
                    .isInstanceOf(CommandFailed.class)
                    .hasMessageContaining("did not answer within 200ms");
        }
    }
}
