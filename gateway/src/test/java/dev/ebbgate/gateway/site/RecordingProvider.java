package dev.ebbgate.gateway.site;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A provider of few words: it writes down the bytes of each request and answers all of them alike.
public final class RecordingProvider implements AutoCloseable {

    /// A good answer of either dialect's smallest operation.
    public static final String EMBEDDINGS =
            """
            {"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.5]}],\
            "model":"m","usage":{"prompt_tokens":1,"total_tokens":1}}\
            """;

    public static final String COUNT = "{\"input_tokens\":7}";

    private final ServerSocket server;
    private final String answer;
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();

    /// A request as it came: its first line, its headers in order, its body.
    public record Received(String line, List<String> headers, Buffer body) {

        /// The values of a header, in order.
        public List<String> all(String name) {
            String prefix = name.toLowerCase(Locale.ROOT) + ":";
            return headers.stream()
                    .filter(h -> h.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(h -> h.substring(prefix.length()).strip())
                    .toList();
        }

        public String text() {
            return body.toString();
        }
    }

    /// Answers with this body and these headers, each `Name: value`.
    public RecordingProvider(String body, String... headers) {
        StringBuilder head = new StringBuilder("HTTP/1.1 200 OK\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        answer =
                head
                        + "Content-Type: application/json\r\nContent-Length: "
                        + body.length()
                        + "\r\n\r\n"
                        + body;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /// The next request, in the order in which they came.
    public Received next() {
        try {
            Received next = received.poll(10, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nothing came");
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException _) {
            // closed
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                received.add(read(line, in));
                socket.getOutputStream().write(answer.getBytes(UTF_8));
            }
        } catch (IOException _) {
            // the gateway closes when it stops
        }
    }

    private static Received read(String first, InputStream in) throws IOException {
        List<String> headers = new ArrayList<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            headers.add(line);
        }
        Received head = new Received(first, headers, Buffer.buffer());
        int length = Integer.parseInt(head.all("content-length").getFirst());
        return new Received(first, headers, Buffer.buffer(in.readNBytes(length)));
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            line.write(b);
        }
        return line.toString(ISO_8859_1).stripTrailing();
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
