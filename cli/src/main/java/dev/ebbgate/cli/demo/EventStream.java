package dev.ebbgate.cli.demo;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.IOException;

/// Server-sent events of both dialects as a client reads them; line by line, as they arrive.
final class EventStream {

    /// What one event was to the client.
    enum Kind {
        NOTHING,
        COMMENT,
        PING,
        TOKEN,
        ERROR,
        END
    }

    /// @param json what came with it; empty where nothing did
    record Event(Kind kind, JsonObject json) {}

    private static final JsonObject EMPTY = new JsonObject();

    private final BufferedReader lines;

    EventStream(BufferedReader lines) {
        this.lines = lines;
    }

    /// The next event, or null at the end of the body. Blocks until one has come.
    @Nullable Event next() throws IOException {
        String name = "";
        StringBuilder content = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(":")) {
                return new Event(Kind.COMMENT, EMPTY);
            }
            if (line.startsWith("event:")) {
                name = line.substring(6).strip();
            } else if (line.startsWith("data:")) {
                content.append(line.substring(5).strip());
            } else if (line.isEmpty() && !content.isEmpty()) {
                return event(name, content.toString());
            }
        }
        return null;
    }

    private static Event event(String name, String content) throws IOException {
        if (content.equals("[DONE]") || name.equals("message_stop")) {
            return new Event(Kind.END, EMPTY);
        }
        if (name.equals("ping")) {
            return new Event(Kind.PING, EMPTY);
        }
        JsonObject json = json(content);
        if (json.containsKey("error")) {
            return new Event(Kind.ERROR, json);
        }
        boolean says = name.equals("content_block_delta") || hasContent(json);
        return new Event(says ? Kind.TOKEN : Kind.NOTHING, json);
    }

    private static boolean hasContent(JsonObject json) {
        JsonArray choices = json.getJsonArray("choices", new JsonArray());
        if (choices.isEmpty()) {
            return false;
        }
        JsonObject delta = choices.getJsonObject(0).getJsonObject("delta", EMPTY);
        String content = delta.getString("content");
        return content != null && !content.isEmpty();
    }

    /// @throws IOException if it is none: what we serve must be readable
    static JsonObject json(String text) throws IOException {
        try {
            return new JsonObject(text);
        } catch (DecodeException e) {
            throw new IOException("what came is no JSON object", e);
        }
    }
}
