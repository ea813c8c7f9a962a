package dev.ebbgate.bench.soak;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.SSLContext;

/// A provider over TLS, made of blocking sockets without any timeout, that falls silent until told
/// to go on.
final class SilentUpstream implements AutoCloseable {
    private static final int BACKLOG = 64;
    private static final int REQUEST_MAX = 64 * 1024;

    private final ServerSocket server;
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();

    SilentUpstream(SSLContext context) throws IOException {
        server =
                context.getServerSocketFactory()
                        .createServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /// Requests that have come.
    int asked() {
        return asked.get();
    }

    /// Ends the silence of all answers.
    void goOn() {
        goOn.countDown();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> answer(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void answer(Socket socket) {
        try (socket) {
            Silence silence =
                    Silence.askedFor(request(socket.getInputStream()))
                            .orElseThrow(
                                    () -> new IOException("a request that asks for no silence"));
            asked.incrementAndGet();
            send(socket, silence.wireBefore());
            goOn.await();
            send(socket, silence.wireAfter());
            // The connection stays open until the peer has read the end and closes it, or the
            // process ends.
            socket.getInputStream().read();
        } catch (IOException e) {
            System.err.println("soak: upstream: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(US_ASCII));
        socket.getOutputStream().flush();
    }

    // The soak's own requests end with the only "}]}" in them.
    private static String request(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf("}]}") < 0 && text.length() < REQUEST_MAX) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("connection closed before the request was whole");
            }
            text.append((char) b);
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
