package dev.ebbgate.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/// A provider that keeps the bytes of one request and answers 404 with nothing in it.
final class CannedProvider implements AutoCloseable {

    private static final byte[] ANSWER =
            "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket server;
    private final CompletableFuture<String> seen = new CompletableFuture<>();

    CannedProvider() {
        try {
            server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return server.getLocalPort();
    }

    /// The request, head and body.
    String seen() {
        return GatewayFixture.wait(seen);
    }

    private void serve() {
        try (Socket socket = server.accept()) {
            InputStream in = socket.getInputStream();
            StringBuilder text = new StringBuilder();
            while (!isWhole(text.toString())) {
                text.append((char) in.read());
            }
            seen.complete(text.toString());
            socket.getOutputStream().write(ANSWER);
        } catch (IOException e) {
            seen.completeExceptionally(e);
        }
    }

    static boolean isWhole(String text) {
        int head = text.indexOf("\r\n\r\n");
        int length = text.toLowerCase(Locale.ROOT).indexOf("content-length: ");
        if (head < 0 || length < 0) {
            return false;
        }
        String value = text.substring(length + 16, text.indexOf("\r\n", length));
        return text.length() - head - 4 == Integer.parseInt(value);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
