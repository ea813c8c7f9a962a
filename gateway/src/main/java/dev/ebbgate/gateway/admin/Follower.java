package dev.ebbgate.gateway.admin;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/// One who follows the events. Who reads too slowly is dropped, with a notice: neither events nor
/// the others wait for him, and what is kept for him is bounded. Confined to its event loop, but
/// for [#take].
final class Follower {

    /// How many events may be on their way to him.
    static final int MOST_WAITING = 1_000;

    /// How often a sign of life is sent, for proxies and for finding out who has left.
    private static final long SIGN_MILLIS = 15_000;

    /// How long the notice may take.
    private static final long NOTICE_MILLIS = 10_000;

    private static final Buffer SIGN = Buffer.buffer(": still here\n\n");
    private static final Buffer NOTICE =
            Buffer.buffer(
                    "event: dropped\ndata: {\"message\": \"you read too slowly: more than "
                            + MOST_WAITING
                            + " events waited\"}\n\n");

    private final Context context;
    private final HttpServerResponse response;
    private final AtomicInteger waiting = new AtomicInteger();
    private Runnable unsubscribe = () -> {};
    private long signs;
    private boolean over;

    Follower(Context context, HttpServerResponse response) {
        this.context = context;
        this.response = response;
    }

    void start(EventFeed feed) {
        response.setChunked(true);
        var _ = response.write(SIGN); // so that the head leaves
        signs = context.owner().setPeriodic(SIGN_MILLIS, _ -> response.write(SIGN));
        unsubscribe = feed.subscribe(this::take);
    }

    /// On the thread of the feed.
    private void take(byte[] line) {
        int ahead = waiting.incrementAndGet();
        try {
            if (ahead <= MOST_WAITING) {
                context.runOnContext(_ -> write(line));
            } else if (ahead == MOST_WAITING + 1) {
                context.runOnContext(_ -> drop());
            }
        } catch (RejectedExecutionException _) {
            // The gateway has closed in the meantime; nobody is left to be told.
        }
    }

    private void write(byte[] line) {
        if (!over) {
            Buffer event = Buffer.buffer("data: ").appendBytes(line).appendString("\n");
            var _ = response.write(event).onComplete(_ -> waiting.decrementAndGet());
        }
    }

    private void drop() {
        if (!over) {
            stop();
            var _ = response.end(NOTICE);
            context.owner()
                    .setTimer(
                            NOTICE_MILLIS,
                            _ -> {
                                if (!response.closed()) {
                                    response.reset();
                                }
                            });
        }
    }

    void stop() {
        over = true;
        unsubscribe.run();
        context.owner().cancelTimer(signs);
    }
}
