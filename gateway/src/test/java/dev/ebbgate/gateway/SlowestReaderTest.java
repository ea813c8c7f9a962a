package dev.ebbgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/// A client that reads all the time, but a few kilobytes at once, of an answer that is far ahead of
/// it.
class SlowestReaderTest {

    private static final Ask BIG = Speech.OPENAI.stream("tokens=6000;token-bytes=8KiB;rate=100000");

    private static final long LOOK_NANOS = 500_000_000;
    private static final int RECEIVE_BUFFER = 16 * 1024;
    private static final int BITE = 20_000;

    @Test
    @DisplayName("N5 whoever reads at all is not left for not reading")
    void readerOfAFewKilobytes_isNotDropped() throws IOException {
        try (GatewayFixture fixture =
                        GatewayFixture.with(
                                """
                                bounds: {stream-idle: [1s, 1h]}
                                timeouts: {stream-idle: 1s, no-progress: 1s}
                                limits: {client-stall: 3s}
                                """);
                Socket socket = new Socket()) {
            socket.setReceiveBufferSize(RECEIVE_BUFFER);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), fixture.port()));
            byte[] body = BIG.body().getBytes(StandardCharsets.UTF_8);
            String head =
                    "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %d\r\n\r\n"
                            .formatted(BIG.speech().path(), body.length);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);

            for (int i = 0; i < 14; i++) {
                LockSupport.parkNanos(LOOK_NANOS);
                byte[] bite = socket.getInputStream().readNBytes(BITE);

                assertThat(bite).as("bite %d", i).hasSize(BITE);
            }
        }
    }
}
