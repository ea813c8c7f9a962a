package dev.ebbgate.cli.demo;

import dev.ebbgate.core.config.Dialect;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// A client that asks the gateway for one stream, over a connection of its own, and notes what
/// arrives when it arrives. Not for several threads.
final class Caller {

    private final long startNanos = System.nanoTime();
    private final List<Seen> seen = new ArrayList<>();
    private final Predicate<Seen> stays;

    /// @param stays is told everything as it is seen; the client leaves when it answers false
    private Caller(Predicate<Seen> stays) {
        this.stays = stays;
    }

    /// Asks, and reads until the end, or until it wants no more, or for as long as it has patience.
    static Reply ask(HttpRequest request, Duration patience, Predicate<Seen> stays) {
        Caller caller = new Caller(stays);
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        Thread watchdog = Thread.ofVirtual().start(() -> endAfter(patience, client));
        try {
            caller.read(client, request);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            caller.see(new Seen.Broken(caller.now(), "interrupted"));
        } catch (IOException e) {
            caller.see(new Seen.Broken(caller.now(), caller.words(e, patience)));
        } finally {
            watchdog.interrupt();
            client.shutdownNow();
        }
        return new Reply(caller.seen);
    }

    /// A streamed request for a route.
    static HttpRequest request(String gateway, Dialect dialect, String route) {
        JsonObject body =
                new JsonObject()
                        .put("model", route)
                        .put("stream", true)
                        .put("max_tokens", 64)
                        .put(
                                "messages",
                                new JsonArray()
                                        .add(
                                                new JsonObject()
                                                        .put("role", "user")
                                                        .put("content", "When is low tide?")));
        String path =
                switch (dialect) {
                    case OPENAI -> "/v1/chat/completions";
                    case ANTHROPIC -> "/v1/messages";
                };
        return HttpRequest.newBuilder(URI.create(gateway + path))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
                .build();
    }

    private static void endAfter(Duration patience, HttpClient client) {
        try {
            Thread.sleep(patience);
            client.shutdownNow();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // the answer came in time
        }
    }

    private String words(IOException problem, Duration patience) {
        return now() >= patience.toNanos() || problem instanceof InterruptedIOException
                ? "no end within " + Text.seconds(patience.toNanos())
                : "the connection broke: " + problem.getMessage();
    }

    private void read(HttpClient client, HttpRequest request)
            throws IOException, InterruptedException {
        HttpResponse<InputStream> response =
                client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            boolean goesOn = see(new Seen.Head(now(), response.statusCode()));
            if (response.statusCode() != 200) {
                String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
                see(new Seen.Failed(now(), Failing.of(EventStream.json(text))));
            } else if (goesOn && !readEvents(body)) {
                see(new Seen.Left(now(), System.currentTimeMillis())); // and closes the body
            }
        }
    }

    /// Whether the body ended before the client left.
    private boolean readEvents(InputStream body) throws IOException {
        EventStream events =
                new EventStream(
                        new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8)));
        for (EventStream.Event event = events.next(); event != null; event = events.next()) {
            boolean goesOn =
                    switch (event.kind()) {
                        case NOTHING -> true;
                        case COMMENT -> see(new Seen.KeptAlive(now(), false));
                        case PING -> see(new Seen.KeptAlive(now(), true));
                        case TOKEN -> see(new Seen.Token(now()));
                        case ERROR -> see(new Seen.Failed(now(), Failing.of(event.json())));
                        case END -> see(new Seen.Finished(now()));
                    };
            if (!goesOn) {
                return false;
            }
        }
        return true;
    }

    private boolean see(Seen what) {
        seen.add(what);
        return stays.test(what);
    }

    private long now() {
        return System.nanoTime() - startNanos;
    }
}
