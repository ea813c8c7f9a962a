package dev.ebbgate.gateway.door;

import dev.ebbgate.core.limit.Span;
import dev.ebbgate.gateway.timer.Timers;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/// The clients' connections of one event loop. One on which no request is in hand is closed after
/// `limits.request-read`: whether nothing comes or a head that never ends cannot be told apart
/// here, and neither may hold a connection for ever.
public final class Connections {

    private final IdentityHashMap<HttpConnection, Use> open = new IdentityHashMap<>();
    private final Timers timers;
    private Span patience;

    /// Begins to look after connections; on the loop that accepts them.
    public Connections(Timers timers, Span patience) {
        this.timers = timers;
        this.patience = patience;
        lookLater();
    }

    /// Waits so long from now on.
    void wait(Span newPatience) {
        patience = newPatience;
    }

    private static final class Use {
        private int requests;
        private long idleSinceNanos = System.nanoTime();
    }

    public void opened(HttpConnection connection) {
        FirstHead.arrived(connection);
        open.put(connection, new Use());
        connection.closeHandler(_ -> open.remove(connection));
        connection.exceptionHandler(_ -> {}); // it closes next; nobody needs a log line for that
    }

    public void begun(HttpServerRequest request) {
        Use use = open.get(request.connection());
        if (use != null) {
            use.requests++;
        }
    }

    public void ended(HttpServerRequest request) {
        @Nullable Use use = open.get(request.connection());
        if (use != null) {
            use.requests--;
            use.idleSinceNanos = System.nanoTime();
        }
    }

    private void lookLater() {
        long periodMillis = Math.clamp(patience.millis() / 4, 10, 15_000);
        timers.after(periodMillis * 1_000_000L, this::closeIdle);
    }

    private void closeIdle() {
        long now = System.nanoTime();
        List<HttpConnection> idle = new ArrayList<>();
        open.forEach((connection, use) -> {
            if (use.requests == 0 && now - use.idleSinceNanos >= patience.nanos()) {
                idle.add(connection);
            }
        });
        idle.forEach(HttpConnection::close);
        lookLater();
    }
}
