package dev.ebbgate.sim;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// One attempt as it stood when it was asked for.
public record JournalEntry(
        long id, Received received, Times times, int eventsSent, long bytesSent, End end) {

    /// What the peer sent. Header names are in lower case; the value of a credential is its
    /// [Journal#fingerprint(String)]. `scenario` is the script in its canonical form. `model` and
    /// `scenario` are empty until the body has been read.
    public record Received(
            String method,
            String path,
            String protocol,
            Map<String, List<String>> headers,
            String model,
            String scenario,
            long bodyLength) {

        /// The first value of a header, or the empty text.
        public String header(String name) {
            List<String> values = headers.get(name);
            return values == null ? "" : values.getFirst();
        }
    }

    /// `startedAt` is wall-clock time in milliseconds of the epoch; all others are milliseconds
    /// since then: when the request's head had come, when the first byte of the answer left, when
    /// it ended.
    public record Times(long startedAt, OptionalLong firstByteMs, OptionalLong endedMs) {}

    /// When the peer closed, in milliseconds since the start, if it did.
    public OptionalLong peerClosedMs() {
        return end == End.PEER_CLOSED ? times.endedMs() : OptionalLong.empty();
    }

    /// As it is read over HTTP.
    JsonObject json() {
        JsonObject headers = new JsonObject();
        received.headers().forEach((name, values) -> headers.put(name, new JsonArray(values)));
        JsonObject json =
                new JsonObject()
                        .put("id", id)
                        .put("method", received.method())
                        .put("path", received.path())
                        .put("protocol", received.protocol())
                        .put("model", received.model())
                        .put("scenario", received.scenario())
                        .put("headers", headers)
                        .put("body_bytes", received.bodyLength())
                        .put("started_at", times.startedAt());
        times.firstByteMs().ifPresent(ms -> json.put("first_byte_ms", ms));
        json.put("events_sent", eventsSent).put("bytes_sent", bytesSent).put("end", end.text());
        times.endedMs().ifPresent(ms -> json.put("ended_ms", ms));
        peerClosedMs()
                .ifPresent(ms ->
                        json.put("peer_closed_ms", ms)
                                .put("peer_closed_at", times.startedAt() + ms));
        return json;
    }
}
