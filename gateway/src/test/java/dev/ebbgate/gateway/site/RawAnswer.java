package dev.ebbgate.gateway.site;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.vertx.core.buffer.Buffer;

import java.util.List;
import java.util.Map;

/// One answer as it came.
///
/// @param headers by lower-case name
public record RawAnswer(int status, Map<String, List<String>> headers, Buffer body) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public RawAnswer {
        if (status >= 400) {
            Leaks.check("an error's head", headers.toString());
            Leaks.check("an error's body", body.toString());
        }
    }

    /// Whether there is a header of this name.
    public boolean has(String name) {
        return headers.containsKey(name);
    }

    /// A header's only value, or the empty text.
    public String header(String name) {
        List<String> values = headers.getOrDefault(name, List.of());
        return String.join(" AND ", values);
    }

    public String text() {
        return body.toString();
    }

    public JsonNode json() {
        return parse(text());
    }

    /// The error in the body of an error status.
    public ErrorBody error() {
        return ErrorBody.of(json());
    }

    /// The error in the last frame of a stream.
    public ErrorBody frame() {
        String text = text();
        Leaks.check("a stream's last frame", text.substring(text.lastIndexOf("data: ")));
        return ErrorBody.of(parse(text.substring(text.lastIndexOf("data: ") + 6)));
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }
}
