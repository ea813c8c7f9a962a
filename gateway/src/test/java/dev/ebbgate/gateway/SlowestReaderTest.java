package dev.ebbgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// A client that reads all the time, but a few kilobytes at once, of an answer that is far ahead of
/// it.
class SlowestReaderTest {

    private static final Ask BIG = Speech.OPENAI.stream("tokens=6000;token-bytes=8KiB;rate=100000");

    private static final long LOOK_NANOS = 500_000_000;
    private static final String LIMITS =
            """
            bounds: {stream-idle: [1s, 1h]}
            timeouts: {stream-idle: 1s, no-progress: 1s}
            limits: {client-stall: 3s}
            """;

    private static final int LOOKS = 10;
    private static final int RECEIVE_BUFFER = 16 * 1024;
    private static final int BITE = 20_000;
    private static final int WINDOW = 64 * 1024;

    @Test
    @DisplayName("N5 whoever reads at all is not left for not reading")
    void readerOfAFewKilobytes_isNotDropped() throws IOException {
        try (GatewayFixture fixture = GatewayFixture.with(LIMITS);
                Socket socket = new Socket()) {
            socket.setReceiveBufferSize(RECEIVE_BUFFER);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), fixture.port()));
            byte[] body = BIG.body().getBytes(StandardCharsets.UTF_8);
            String head =
                    "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %d\r\n\r\n"
                            .formatted(BIG.speech().path(), body.length);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);

            for (int i = 0; i < LOOKS; i++) {
                LockSupport.parkNanos(LOOK_NANOS);
                byte[] bite = socket.getInputStream().readNBytes(BITE);

                assertThat(bite).as("bite %d", i).hasSize(BITE);
            }
        }
    }

    /// A client of HTTP/2 tells that it has read when half of its window is free again, so a window
    /// of megabytes hides a slow reader for as long as that takes.
    @Test
    @DisplayName("N5 over HTTP/2 too, as far as its window tells")
    void readerOfSmallWindows_isNotDropped() {
        Vertx vertx = Vertx.vertx();
        try (GatewayFixture fixture = GatewayFixture.with(LIMITS)) {
            AtomicLong read = new AtomicLong();
            HttpClientResponse response = askOverHttp2(vertx, fixture.port());
            response.handler(bytes -> read.addAndGet(bytes.length()));

            for (int i = 0; i < LOOKS; i++) {
                long before = read.get();
                response.fetch(1);
                LockSupport.parkNanos(LOOK_NANOS);

                assertThat(read.get()).as("bytes at look %d", i).isGreaterThan(before);
            }
            assertThat(fixture.gateway().inFlight()).isOne();
        } finally {
            GatewayFixture.wait(vertx.close().toCompletionStage().toCompletableFuture());
        }
    }

    private static HttpClientResponse askOverHttp2(Vertx vertx, int port) {
        HttpClientOptions options =
                new HttpClientOptions()
                        .setProtocolVersion(HttpVersion.HTTP_2)
                        .setHttp2ClearTextUpgrade(false)
                        .setInitialSettings(new Http2Settings().setInitialWindowSize(WINDOW));
        return GatewayFixture.wait(
                vertx.createHttpClient(options)
                        .request(HttpMethod.POST, port, "127.0.0.1", BIG.speech().path())
                        .compose(request -> request.send(Buffer.buffer(BIG.body())))
                        .map(HttpClientResponse::pause)
                        .toCompletionStage()
                        .toCompletableFuture());
    }
}
