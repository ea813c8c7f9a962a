package dev.ebbgate.gateway.door;

import dev.ebbgate.core.config.Dialect;
import dev.ebbgate.core.exchange.Reports;
import dev.ebbgate.core.failure.Cut;
import dev.ebbgate.core.failure.ErrorKind;
import dev.ebbgate.core.failure.ErrorReport;
import dev.ebbgate.core.ledger.ExchangeId;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.setting.Sourced;
import dev.ebbgate.dialects.ErrorWriter;
import dev.ebbgate.dialects.Operation;
import dev.ebbgate.gateway.downstream.ClientAnswer;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

import java.util.concurrent.ThreadLocalRandom;

/// Answers requests that go no further than the door, in the dialect that their client speaks.
final class Refusals {

    /// When to come back where the gateway had no room: soon, for another replica may have.
    private static final String RETRY_AFTER_SECONDS = "5";

    private Refusals() {}

    /// The dialect in which to answer: that of the path, else what the headers give away.
    static Dialect dialect(HttpServerRequest request) {
        String path = TaggedPath.of(request.path()).path();
        boolean anthropic =
                request.headers().contains("anthropic-version")
                        || path.startsWith(Operation.MESSAGES.path());
        return anthropic ? Dialect.ANTHROPIC : Dialect.OPENAI;
    }

    /// The whole answer to a head of HTTP/1.1 that does not end.
    static byte[] lateHead(Dialect dialect, Sourced<Span> limit, long elapsedNanos) {
        Cut cut = new Cut("request-read", limit.value().toString(), limit.source());
        String exchange =
                ExchangeId.of(System.currentTimeMillis(), ThreadLocalRandom.current().nextLong());
        ErrorReport report =
                Reports.refusal(
                        ErrorKind.REQUEST_TIMEOUT,
                        exchange,
                        "the request was not complete",
                        cut,
                        elapsedNanos);
        byte[] body = ErrorWriter.body(dialect, report);
        String head =
                """
                HTTP/1.1 408 Request Timeout\r
                content-type: application/json\r
                x-ebbgate-id: %s\r
                x-should-retry: false\r
                connection: close\r
                content-length: %d\r
                \r
                """
                        .formatted(exchange, body.length);
        return Buffer.buffer(head).appendBytes(body).getBytes();
    }

    static void answer(HttpServerRequest request, ClientAnswer client, ErrorReport report) {
        ErrorKind kind = report.kind();
        MultiMap headers =
                HttpHeaders.headers()
                        .set(HttpHeaders.CONTENT_TYPE, "application/json")
                        .set("x-ebbgate-id", report.place().exchange());
        if (kind == ErrorKind.OVERLOADED || kind == ErrorKind.DRAINING) {
            headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        if (report.isFinal()) {
            headers.set("x-should-retry", "false");
        }
        client.reply(
                report.status(),
                headers,
                Buffer.buffer(ErrorWriter.body(dialect(request), report)));
    }
}
