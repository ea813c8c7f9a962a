package dev.ebbgate.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.vertx.core.buffer.Buffer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// What came back, and how it ended.
///
/// @param status 0 if no head came
/// @param headNanos when the head had come, since the request left
/// @param headers by lower-case name
/// @param pieces when each chunk of the body came
record Reply(
        int status,
        long headNanos,
        Map<String, String> headers,
        Buffer body,
        List<Piece> pieces,
        End end) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /// How an answer ended.
    enum End {
        /// As HTTP says it should: the client can use the connection again.
        WHOLE,
        /// The connection was closed in the midst of the answer.
        SEVERED,
        /// The connection was reset.
        RESET,
        /// Not within the reader's patience.
        OPEN
    }

    /// A chunk of the body.
    ///
    /// @param atNanos since the request left
    record Piece(long atNanos, String text) {

        long atMillis() {
            return atNanos / 1_000_000;
        }
    }

    String text() {
        return body.toString(StandardCharsets.UTF_8);
    }

    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /// The events of a stream, each without its blank line; an unfinished tail counts as one.
    List<String> events() {
        return Arrays.stream(text().split("\r?\n\r?\n", -1)).filter(e -> !e.isEmpty()).toList();
    }

    /// The events without pings and keep-alives, which may come between any two others.
    List<String> events(Speech without) {
        String keepAlive = without.keepAlive().strip();
        return events().stream()
                .filter(event -> !event.replace("\r", "").equals(keepAlive))
                .toList();
    }

    JsonNode json() {
        return parse(text());
    }

    /// The data of an event as JSON.
    static JsonNode data(String event) {
        int at = event.indexOf("data: ");
        return parse(at < 0 ? event : event.substring(at + 6));
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }
}
