package dev.ebbgate.cli.demo;

import io.vertx.core.json.JsonObject;

/// What an error says: its message, and the fields of `error.ebbgate` that the tour shows.
record Failing(String message, String phase, String limit, String source, long elapsedMs) {

    static Failing of(JsonObject body) {
        JsonObject error = body.getJsonObject("error", new JsonObject());
        JsonObject ours = error.getJsonObject("ebbgate", new JsonObject());
        return new Failing(
                error.getString("message", "(no message)"),
                ours.getString("phase", "none"),
                ours.getString("limit", "none"),
                ours.getString("source", "none"),
                ours.getLong("elapsed_ms", 0L));
    }
}
