package dev.ebbgate.bench.upstream;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/// The provider's answers as HTTP/1.1 bytes, rendered once and kept outside the heap.
///
/// They look as OpenAI's do (a role chunk, deltas, a finish chunk, `[DONE]`), so that a gateway
/// which reads them does the work it would do in service.
public final class Frames {
    /// Chunks of a [Kind#BURST] stream, `[DONE]` not counted.
    public static final int BURST_CHUNKS = 64;

    /// Chunks of a [Kind#PACED] stream, `[DONE]` not counted.
    public static final int PACED_CHUNKS = 98;

    private static final int STAMP_DIGITS = 19;
    private static final String STREAM_HEAD =
            """
            HTTP/1.1 200 OK\r
            content-type: text/event-stream; charset=utf-8\r
            cache-control: no-cache\r
            openai-processing-ms: 12\r
            x-request-id: req_bench\r
            transfer-encoding: chunked\r
            \r
            """;
    private static final String ROLE =
            event("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}", "null");
    private static final String DELTA = event("{\"content\":\" token\"}", "null");
    private static final String FINISH = event("{}", "\"stop\"");
    private static final String END =
            httpChunk(FINISH) + httpChunk("data: [DONE]\n\n") + "0\r\n\r\n";

    private final ByteBuf json = direct(jsonAnswer());
    private final ByteBuf burst =
            direct(STREAM_HEAD + httpChunk(ROLE) + httpChunk(DELTA).repeat(62) + END);
    private final ByteBuf opening = direct(STREAM_HEAD + httpChunk(ROLE));
    private final ByteBuf delta = direct(httpChunk(DELTA));
    private final ByteBuf ending = direct(END);
    private final ByteBuf overloaded =
            direct("HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n");
    private final ByteBuf unknown = direct("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n");

    /// The whole JSON answer.
    ByteBuf json() {
        return json.retainedDuplicate();
    }

    /// The whole stream of 64 chunks.
    ByteBuf burst() {
        return burst.retainedDuplicate();
    }

    /// The head and the role chunk.
    ByteBuf opening() {
        return opening.retainedDuplicate();
    }

    /// One token.
    ByteBuf delta() {
        return delta.retainedDuplicate();
    }

    /// The finish chunk, `[DONE]` and the end of the body.
    ByteBuf ending() {
        return ending.retainedDuplicate();
    }

    /// The answer of a provider that cannot take more.
    ByteBuf overloaded() {
        return overloaded.retainedDuplicate();
    }

    /// The answer to a model nobody knows.
    ByteBuf unknown() {
        return unknown.retainedDuplicate();
    }

    /// The head, the role chunk and one token whose content is `@` and this reading of
    /// `System.nanoTime()`, which all processes of a Linux machine share.
    static ByteBuf stamped(long nanos) {
        String stamp = "@" + "0".repeat(STAMP_DIGITS - Long.toString(nanos).length()) + nanos;
        String token = event("{\"content\":\"" + stamp + "\"}", "null");
        return Unpooled.copiedBuffer(STREAM_HEAD + httpChunk(ROLE) + httpChunk(token), US_ASCII);
    }

    private static String event(String delta, String finishReason) {
        return """
        data: {"id":"chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT","object":"chat.completion.chunk",\
        "created":1763650000,"model":"bench","service_tier":"default",\
        "system_fingerprint":"fp_44709d6fcb","choices":[{"index":0,"delta":%s,\
        "logprobs":null,"finish_reason":%s}]}

        """
                .formatted(delta, finishReason);
    }

    private static String httpChunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    private static String jsonAnswer() {
        String body =
                """
                {"id":"chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT","object":"chat.completion","created":1763650000,\
                "model":"bench","choices":[{"index":0,"message":{"role":"assistant","content":"%s","refusal":null,\
                "annotations":[]},"logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":190,\
                "completion_tokens":120,"total_tokens":310},"service_tier":"default",\
                "system_fingerprint":"fp_44709d6fcb"}\
                """
                        .formatted("An answer of ordinary length. ".repeat(20));
        return "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nopenai-processing-ms: 12\r\n"
                + "x-request-id: req_bench\r\ncontent-length: "
                + body.length()
                + "\r\n\r\n"
                + body;
    }

    private static ByteBuf direct(String text) {
        byte[] bytes = text.getBytes(US_ASCII);
        return Unpooled.unreleasableBuffer(
                Unpooled.directBuffer(bytes.length).writeBytes(bytes).asReadOnly());
    }
}
