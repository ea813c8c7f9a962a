package dev.ebbgate.gateway.door;

import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.setting.Sourced;
import dev.ebbgate.gateway.timer.Timers;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/// The clients' connections of one event loop. One on which no request is in hand is closed after
/// `limits.request-read`, whether nothing comes or a head that never ends: neither may hold a
/// connection for ever.
public final class Connections {

    private final IdentityHashMap<HttpConnection, Use> open = new IdentityHashMap<>();
    private final Timers timers;
    private Sourced<Span> patience;

    /// Begins to look after connections; on the loop that accepts them.
    public Connections(Timers timers, Sourced<Span> patience) {
        this.timers = timers;
        this.patience = patience;
        lookLater();
    }

    /// Waits so long from now on.
    void wait(Sourced<Span> newPatience) {
        patience = newPatience;
    }

    private static final class Use {
        private final @Nullable Incoming incoming;
        private final @Nullable BrokenBody body;
        private int requests;
        private @Nullable HttpServerRequest unread;
        private long idleSinceNanos = System.nanoTime();

        Use(HttpConnection connection) {
            incoming = Incoming.of(connection);
            body = BrokenBody.of(connection);
        }

        /// Since when nothing is asked for, or a request that has begun does not end.
        long sinceNanos() {
            return incoming == null || owesRest()
                    ? idleSinceNanos
                    : incoming.sinceNanos(idleSinceNanos);
        }

        /// Whether what comes is still of a request that was answered before its end.
        boolean owesRest() {
            return unread != null && !unread.isEnded();
        }

        void read(@Nullable Runnable broken) {
            if (body != null) {
                body.tell(broken);
            }
            if (incoming != null) {
                incoming.read();
            }
        }
    }

    public void opened(HttpConnection connection) {
        open.put(connection, new Use(connection));
        connection.closeHandler(_ -> open.remove(connection));
        connection.exceptionHandler(_ -> {}); // it closes next; nobody needs a log line for that
    }

    public void begun(HttpServerRequest request) {
        Use use = open.get(request.connection());
        if (use != null) {
            use.requests++;
            use.unread = null;
        }
    }

    /// Its body is read from now on.
    void reads(HttpServerRequest request, Runnable broken) {
        Use use = open.get(request.connection());
        if (use != null) {
            use.read(broken);
        }
    }

    public void ended(HttpServerRequest request) {
        @Nullable Use use = open.get(request.connection());
        if (use != null) {
            use.requests--;
            use.read(null);
            use.unread = request.isEnded() ? null : request;
            use.idleSinceNanos = System.nanoTime();
        }
    }

    private void lookLater() {
        long periodMillis = Math.clamp(patience.value().millis() / 4, 10, 15_000);
        timers.after(periodMillis * 1_000_000L, this::closeIdle);
    }

    private void closeIdle() {
        long now = System.nanoTime();
        List<HttpConnection> idle = new ArrayList<>();
        open.forEach((connection, use) -> {
            if (use.requests == 0 && now - use.sinceNanos() >= patience.value().nanos()) {
                idle.add(connection);
            }
        });
        idle.forEach(connection -> close(connection, now));
        lookLater();
    }

    private void close(HttpConnection connection, long now) {
        Use use = open.get(connection);
        if (use == null || use.incoming == null || use.owesRest() || use.incoming.isOfHttp2()) {
            var _ = connection.close();
        } else {
            use.incoming.close(patience, now - use.sinceNanos());
        }
    }
}
