package dev.ebbgate.bench.soak;

import java.util.Locale;
import java.util.Optional;

/// Where in an answer the provider falls silent; clients ask for it by model name.
enum Silence {
    /// A stream, before its head.
    BEFORE_HEAD("", role() + token("late") + finish()),
    /// A stream, after its head and role chunk.
    AFTER_PREAMBLE(role(), token("late") + finish()),
    /// A stream, after a token.
    AFTER_TOKEN(role() + token("early"), token("late") + finish()),
    /// An answer that is not streamed, before its head.
    BUFFERED("", json());

    private static final String STREAM_HEAD =
            """
            HTTP/1.1 200 OK\r
            content-type: text/event-stream\r
            transfer-encoding: chunked\r
            \r
            """;

    private final String before;
    private final String after;

    Silence(String before, String after) {
        this.before = before;
        this.after = after;
    }

    /// The model name that asks for it.
    String model() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The whole body, without framing.
    String body() {
        return before + after;
    }

    /// What goes on the wire before the silence.
    String wireBefore() {
        return before.isEmpty() ? "" : STREAM_HEAD + httpChunk(before);
    }

    /// What goes on the wire after it.
    String wireAfter() {
        if (this == BUFFERED) {
            return "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: "
                    + after.length()
                    + "\r\n\r\n"
                    + after;
        }
        return (before.isEmpty() ? STREAM_HEAD : "") + httpChunk(after) + "0\r\n\r\n";
    }

    /// The request that asks a gateway's provider `soak` for it.
    String request() {
        String body =
                """
                {"model":"soak/%s","stream":%s,"messages":[{"role":"user","content":"Take your time."}]}\
                """
                        .formatted(model(), this != BUFFERED);
        return """
        POST /v1/chat/completions HTTP/1.1\r
        host: 127.0.0.1\r
        content-type: application/json\r
        authorization: Bearer soak\r
        content-length: %d\r
        \r
        %s\
        """
                .formatted(body.length(), body);
    }

    /// The silence that this request asks for.
    static Optional<Silence> askedFor(String request) {
        for (Silence silence : values()) {
            if (request.contains(silence.model() + "\"")) {
                return Optional.of(silence);
            }
        }
        return Optional.empty();
    }

    private static String role() {
        return event("{\"role\":\"assistant\",\"content\":\"\"}", "null");
    }

    private static String token(String text) {
        return event("{\"content\":\"" + text + "\"}", "null");
    }

    private static String finish() {
        return event("{}", "\"stop\"") + "data: [DONE]\n\n";
    }

    private static String json() {
        return """
        {"id":"chatcmpl-soak","object":"chat.completion","created":1763650000,"model":"soak","choices":[\
        {"index":0,"message":{"role":"assistant","content":"late"},"finish_reason":"stop"}]}\
        """;
    }

    private static String event(String delta, String reason) {
        return """
        data: {"id":"chatcmpl-soak","object":"chat.completion.chunk","created":1763650000,"model":"soak",\
        "choices":[{"index":0,"delta":%s,"finish_reason":%s}]}

        """
                .formatted(delta, reason);
    }

    private static String httpChunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }
}
