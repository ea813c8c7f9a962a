package dev.ebbgate.langchain4j;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A provider on loopback for one call: it says what it is told to, and notices when it is hung up
/// on.
final class Provider implements AutoCloseable {

    static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";
    static final String END = "data: [DONE]\n\n";

    /// What it says once it has been asked.
    interface Answer {
        void to(OutputStream out) throws Exception;
    }

    private final ServerSocket listening;
    private final CompletableFuture<String> head = new CompletableFuture<>();
    private final CountDownLatch hungUp = new CountDownLatch(1);

    Provider(Answer answer) {
        try {
            listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(() -> serve(answer));
    }

    /// One that writes these texts at once and waits.
    static Provider saying(String... texts) {
        return new Provider(out -> {
            for (String text : texts) {
                say(out, text);
            }
        });
    }

    /// One that writes these texts at once and hangs up.
    static Provider sayingAll(String... texts) {
        return new Provider(out -> {
            for (String text : texts) {
                say(out, text);
            }
            out.close();
        });
    }

    static void say(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(UTF_8));
        out.flush();
    }

    static String token(String text) {
        return "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,"
                + "\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\""
                + text
                + "\"},\"finish_reason\":null}]}\n\n";
    }

    String url() {
        return "http://127.0.0.1:" + listening.getLocalPort() + "/v1";
    }

    /// The head of the request.
    String asked() throws Exception {
        return head.get(20, TimeUnit.SECONDS);
    }

    boolean isHungUpOnWithin(long seconds) throws InterruptedException {
        return hungUp.await(seconds, TimeUnit.SECONDS);
    }

    private void serve(Answer answer) {
        try (Socket socket = listening.accept()) {
            InputStream in = socket.getInputStream();
            head.complete(request(in));
            answer.to(socket.getOutputStream());
            while (in.read() >= 0) {
                // nothing is expected; it ends when the other side closes
            }
        } catch (Exception e) {
            head.completeExceptionally(e);
        }
        hungUp.countDown();
    }

    private static String request(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf("\r\n\r\n") < 0) {
            text.append((char) in.read());
        }
        String lower = text.toString().toLowerCase(Locale.ROOT);
        int from = lower.indexOf("content-length:");
        int length =
                Integer.parseInt(lower.substring(from + 15, lower.indexOf("\r\n", from)).trim());
        in.readNBytes(length);
        return lower;
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
