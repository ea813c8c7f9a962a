package dev.ebbgate.cli;

import dev.ebbgate.cli.http.BoundedClient;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.gateway.admin.AdminServer;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Asks the admin API of a running gateway.
final class AdminClient implements AutoCloseable {

    private static final int NOT_FOUND = 404;

    private final String url;
    private final String key;
    private final Span patience;
    private final BoundedClient client = new BoundedClient(HttpClient.newBuilder());

    /// @param key empty where none is asked
    /// @param patience how long each answer is waited for, from the connection to its last byte
    AdminClient(String url, String key, Span patience) {
        this.url = (url.contains("://") ? url : "http://" + url).replaceFirst("/+$", "");
        this.key = key;
        this.patience = patience;
    }

    /// What came back.
    ///
    /// @param tag the ETag, or null
    record Answer(int status, @Nullable String tag, JsonObject body) {}

    /// A path's part that is a name.
    static String part(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// What stands there.
    ///
    /// @throws CommandFailed with what the gateway says, where it says no
    Answer get(String path) throws CommandFailed {
        return good(send("GET", path, null));
    }

    /// What stands there; null if nothing does.
    @Nullable Answer find(String path) throws CommandFailed {
        Answer answer = send("GET", path, null);
        return answer.status() == NOT_FOUND ? null : good(answer);
    }

    /// Has something done.
    ///
    /// @param headers names and values, one after the other
    Answer ask(String method, String path, @Nullable JsonObject body, String... headers)
            throws CommandFailed {
        return good(send(method, path, body, headers));
    }

    /// The same, whatever comes back.
    Answer send(String method, String path, @Nullable JsonObject body, String... headers)
            throws CommandFailed {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path));
            if (!key.isEmpty()) {
                request.header("authorization", "Bearer " + key);
            }
            if (headers.length > 0) {
                request.headers(headers);
            }
            request.method(
                    method,
                    body == null
                            ? HttpRequest.BodyPublishers.noBody()
                            : HttpRequest.BodyPublishers.ofString(body.encode()));
            HttpResponse<String> answer =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofString(), patience);
            if (!answer.headers().firstValue("server").orElse("").equals(AdminServer.NAME)) {
                throw isNone();
            }
            return new Answer(
                    answer.statusCode(),
                    answer.headers().firstValue("etag").orElse(null),
                    new JsonObject(answer.body()));
        } catch (HttpTimeoutException _) {
            throw new CommandFailed(
                    "ebbgate: the gateway at "
                            + url
                            + " did not answer within "
                            + patience
                            + "; "
                            + AdminOption.TIMEOUT
                            + " waits longer");
        } catch (IOException _) {
            throw new CommandFailed(
                    "ebbgate: no gateway answers at "
                            + url
                            + "; start one with ebbgate serve, or name it with --admin URL");
        } catch (IllegalArgumentException | DecodeException _) {
            throw isNone();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new CommandFailed("ebbgate: interrupted");
        }
    }

    private CommandFailed isNone() {
        return new CommandFailed(
                "ebbgate: what is at "
                        + url
                        + " is no admin API of a gateway; name it with --admin URL");
    }

    private static Answer good(Answer answer) throws CommandFailed {
        if (answer.status() < 300) {
            return answer;
        }
        JsonObject error = answer.body().getJsonObject("error", new JsonObject());
        List<String> lines = new ArrayList<>();
        lines.add("ebbgate: " + error.getString("message", "status " + answer.status()));
        if (answer.status() == 401) {
            lines.add("  the key is taken from EBBGATE_ADMIN_KEY, else from the configuration");
        }
        JsonArray problems = error.getJsonArray("problems", new JsonArray());
        problems.forEach(problem -> lines.add("  " + problem));
        throw new CommandFailed(lines);
    }

    @Override
    public void close() {
        client.close();
    }
}
