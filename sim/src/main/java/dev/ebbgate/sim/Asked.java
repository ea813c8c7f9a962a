package dev.ebbgate.sim;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/// What a request asks for: as much of its JSON as the simulator needs.
record Asked(String model, boolean stream, boolean usage, int choices, int bytes, JsonObject body) {

    private static final int BYTES_PER_TOKEN = 4;

    /// Throws whatever the JSON reader throws, or [ClassCastException], on what is no such request.
    static Asked read(Buffer bytes) {
        JsonObject body = new JsonObject(bytes);
        JsonObject options = body.getJsonObject("stream_options", new JsonObject());
        return new Asked(
                body.getString("model", ""),
                body.getBoolean("stream", false),
                options != null && options.getBoolean("include_usage", false),
                Math.clamp(body.getInteger("n", 1), 1, 128),
                bytes.length(),
                body);
    }

    int estimatedTokens() {
        return Math.max(1, bytes / BYTES_PER_TOKEN);
    }

    /// The words of the assistant's with which the request ends, to be gone on with; else empty.
    String begun() {
        boolean last =
                body.getValue("messages") instanceof JsonArray messages
                        && !messages.isEmpty()
                        && messages.getValue(messages.size() - 1) instanceof JsonObject message
                        && "assistant".equals(message.getValue("role"));
        if (!last) {
            return "";
        }
        JsonArray messages = body.getJsonArray("messages");
        Object content = messages.getJsonObject(messages.size() - 1).getValue("content");
        return content instanceof String words ? words : "";
    }

    /// How many inputs an embeddings request has.
    int inputs() {
        return body.getValue("input") instanceof JsonArray array ? array.size() : 1;
    }
}
