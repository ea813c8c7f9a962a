package dev.ebbgate.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.ebbgate.bench.upstream.Frames;
import dev.ebbgate.bench.upstream.Kind;

import java.util.Optional;

/// One request as bytes, and what a complete answer to it looks like.
public record Shot(Kind kind, String request) {
    private static final String PROVIDER = "bench/";
    private static final String SYSTEM =
            "You are a careful assistant. Answer briefly and name your sources. ";
    private static final String QUESTION =
            "How long may a model think before its client gives up? ";

    /// A request for this kind of answer; `fields` are further header lines, each ending in CRLF.
    public static Shot at(Kind kind, String fields) {
        String body =
                """
                {"model":"%s","stream":%s,"messages":[{"role":"system","content":"%s"},\
                {"role":"user","content":"%s"}],"temperature":0.2,"max_tokens":512}\
                """
                        .formatted(
                                PROVIDER + kind.model(),
                                kind.isStreamed(),
                                SYSTEM.repeat(6),
                                QUESTION.repeat(10));
        String head =
                """
                POST /v1/chat/completions HTTP/1.1\r
                host: 127.0.0.1\r
                accept: application/json\r
                content-type: application/json\r
                authorization: Bearer bench\r
                user-agent: ebbgate-bench\r
                """;
        return new Shot(
                kind, head + fields + "content-length: " + body.length() + "\r\n\r\n" + body);
    }

    byte[] bytes() {
        return request.getBytes(US_ASCII);
    }

    /// What is wrong with this whole answer, if anything.
    Optional<String> problem(AnswerReader answer) {
        boolean sound =
                answer.status() == 200
                        && switch (kind) {
                            case JSON, FAILING -> answer.bodyBytes() > 0;
                            case BURST -> complete(answer, Frames.BURST_CHUNKS);
                            case PACED -> complete(answer, Frames.PACED_CHUNKS);
                            case STALL -> answer.error() && !answer.done();
                        };
        return sound ? Optional.empty() : Optional.of(kind + " answered with " + answer);
    }

    private static boolean complete(AnswerReader answer, int chunks) {
        return answer.events() == chunks + 1 && answer.done() && !answer.error();
    }
}
