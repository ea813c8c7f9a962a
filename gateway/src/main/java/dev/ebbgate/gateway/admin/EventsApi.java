package dev.ebbgate.gateway.admin;

import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// The events as they happen, for programs that follow them (server-sent events).
final class EventsApi {

    /// Each holds a connection, and what it has not read yet.
    static final int MOST_SUBSCRIBERS = 16;

    private final EventFeed feed;
    private final AtomicInteger subscribers = new AtomicInteger();

    EventsApi(EventFeed feed) {
        this.feed = feed;
    }

    List<Endpoint> endpoints() {
        return List.of(Endpoint.get("/events", _ -> Reply.stream("text/event-stream", this::open)));
    }

    /// Counts and admits in one step: many may ask at once.
    private Runnable open(Context context, HttpServerResponse response) {
        if (subscribers.incrementAndGet() > MOST_SUBSCRIBERS) {
            subscribers.decrementAndGet();
            refuse(response);
            return () -> {};
        }
        Follower follower = new Follower(context, response);
        follower.start(feed);
        return () -> {
            subscribers.decrementAndGet();
            follower.stop();
        };
    }

    private static void refuse(HttpServerResponse response) {
        Reply full =
                Reply.error(503, "as many follow the events as can at once: " + MOST_SUBSCRIBERS);
        response.setStatusCode(full.status()).putHeader(HttpHeaders.CONTENT_TYPE, full.type());
        var _ = response.end(full.body());
    }
}
