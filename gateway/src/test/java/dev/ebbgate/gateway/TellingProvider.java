package dev.ebbgate.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/// A provider that tells one text, a character at a time. Asked below `/first` it leaves after as
/// many bytes as the request says; elsewhere it goes on behind what the request ends with.
final class TellingProvider implements AutoCloseable {

    /// After how many bytes of the stream the first one leaves.
    static final String CUT = "x-cut";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HEAD =
            "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n";
    private static final String REFUSAL =
            "HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

    private final ServerSocket server;
    private final String text;
    private final boolean escaped;

    /// @param escaped whether every character beyond ASCII is written as an escape, each half of a
    ///   pair in an event of its own
    TellingProvider(String text, boolean escaped) {
        this.text = text;
        this.escaped = escaped;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /// The whole stream.
    byte[] stream() {
        return stream(text);
    }

    private byte[] stream(String rest) {
        StringBuilder out = new StringBuilder();
        out.append(event("{\"role\":\"assistant\",\"content\":\"\"}", "null"));
        int step = 1;
        for (int i = 0; i < rest.length(); i += step) {
            step = escaped ? 1 : Character.charCount(rest.codePointAt(i));
            String delta = "{\"content\":" + quoted(rest.substring(i, i + step)) + "}";
            out.append(event(delta, "null"));
        }
        out.append(event("{}", "\"stop\"")).append("data: [DONE]\n\n");
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String event(String delta, String finish) {
        return "data:"
                   + " {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\","
                   + "\"choices\":[{\"index\":0,\"delta\":"
                + delta
                + ",\"finish_reason\":"
                + finish
                + "}]}\n\n";
    }

    private String quoted(String part) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || (escaped && c > '~')) {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException _) {
            // closed
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            String request = request(socket.getInputStream());
            socket.getOutputStream().write(answer(request));
        } catch (IOException _) {
            // the gateway has closed it
        }
    }

    private byte[] answer(String request) throws JsonProcessingException {
        if (request.startsWith("POST /first/")) {
            int from = request.toLowerCase(Locale.ROOT).indexOf(CUT + ": ") + CUT.length() + 2;
            int cut = Integer.parseInt(request.substring(from, request.indexOf('\r', from)));
            return joined(Arrays.copyOf(stream(), cut));
        }
        JsonNode messages =
                JSON.readTree(request.substring(request.indexOf("\r\n\r\n"))).get("messages");
        JsonNode last = messages.get(messages.size() - 1);
        String said =
                last.get("role").asText().equals("assistant") ? last.get("content").asText() : "";
        return text.startsWith(said)
                ? joined(stream(text.substring(said.length())))
                : REFUSAL.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] joined(byte[] body) {
        byte[] head = HEAD.getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }

    private static String request(InputStream in) throws IOException {
        StringBuilder bytes = new StringBuilder();
        while (!CannedProvider.isWhole(bytes.toString())) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed");
            }
            bytes.append((char) next);
        }
        byte[] all = bytes.toString().getBytes(StandardCharsets.ISO_8859_1);
        return new String(all, StandardCharsets.UTF_8);
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
