package dev.ebbgate.gateway.admin;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An answer of the admin API.
///
/// @param headers beside its type and length
/// @param streaming writes what follows the head, instead of a body; null where that is all
public record Reply(
        int status,
        String type,
        Map<String, String> headers,
        Buffer body,
        @Nullable Streaming streaming) {

    private static final String JSON = "application/json";

    /// An answer that goes on. It is begun on the server's event loop, which it must not block.
    @FunctionalInterface
    public interface Streaming {

        /// Begins to write; the head's fields are set.
        ///
        /// @return called once, when it has ended or whoever asked has left
        Runnable begin(Context context, HttpServerResponse response);
    }

    /// An object, with status 200.
    public static Reply of(JsonObject body) {
        return of(200, body);
    }

    public static Reply of(int status, JsonObject body) {
        return new Reply(status, JSON, Map.of(), Buffer.buffer(body.encode()), null);
    }

    /// A text of this type, with status 200.
    public static Reply text(String type, String body) {
        return new Reply(200, type, Map.of(), Buffer.buffer(body), null);
    }

    /// An answer of this type that goes on, with status 200.
    public static Reply stream(String type, Streaming streaming) {
        return new Reply(200, type, Map.of(), Buffer.buffer(), streaming);
    }

    /// An error, in the shape that all errors here have.
    public static Reply error(int status, String message) {
        return error(status, message, List.of());
    }

    /// An error.
    ///
    /// @param problems one line each
    public static Reply error(int status, String message, List<String> problems) {
        JsonObject error = new JsonObject().put("message", message);
        if (!problems.isEmpty()) {
            error.put("problems", new JsonArray(List.copyOf(problems)));
        }
        return of(status, new JsonObject().put("error", error));
    }

    /// The same with one more header.
    public Reply with(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new Reply(status, type, all, body, streaming);
    }
}
