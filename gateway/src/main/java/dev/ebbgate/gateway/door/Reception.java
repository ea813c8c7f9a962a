package dev.ebbgate.gateway.door;

import dev.ebbgate.core.config.Limits;
import dev.ebbgate.core.exchange.ExchangeEvent.Downstream;
import dev.ebbgate.core.failure.Cut;
import dev.ebbgate.core.failure.ErrorKind;
import dev.ebbgate.core.setting.Size;
import dev.ebbgate.core.setting.Sourced;
import dev.ebbgate.gateway.desk.Collector;
import dev.ebbgate.gateway.downstream.ClientAnswer;
import dev.ebbgate.gateway.timer.Timer;
import dev.ebbgate.gateway.timer.Timers;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

import org.jspecify.annotations.Nullable;

/// Reads one request's body, within `limits.request-body`, `limits.request-read` and
/// `limits.buffered`. A body that is refused is still read to its end, and forgotten, so that the
/// client can read the refusal.
final class Reception {

    /// Who is told how it ended. What was collected is then theirs to discard.
    interface Recipient {

        /// The body is whole.
        void received();

        void refused(ErrorKind kind, String message, @Nullable Cut cut);

        /// The client left while it was still sending.
        void abandoned();
    }

    static final String DRAINING = "the gateway is shutting down and takes no new work";

    private final Timers timers;
    private final ClientAnswer client;
    private final HttpServerRequest request;
    private final Limits limits;
    private final Recipient recipient;
    private final Collector body;
    private @Nullable Timer timer;
    private boolean over;

    Reception(
            Timers timers,
            HttpServerRequest request,
            ClientAnswer client,
            Limits limits,
            Collector body,
            Recipient recipient) {
        this.timers = timers;
        this.request = request;
        this.client = client;
        this.limits = limits;
        this.body = body;
        this.recipient = recipient;
    }

    /// Begins to read.
    void read() {
        client.listen(this::downstream);
        timer = timers.after(limits.waits().requestRead().value().nanos(), this::tooSlow);
        request.exceptionHandler(_ -> abandon());
        request.endHandler(_ -> ended());
        request.handler(this::chunk);
        if (Collector.declared(request.getHeader(HttpHeaders.CONTENT_LENGTH)) > mostBytes()) {
            tooLong();
        }
    }

    private long mostBytes() {
        return limits.sizes().requestBody().value().bytes();
    }

    private void chunk(Buffer bytes) {
        if (over) {
            return;
        }
        if ((long) body.length() + bytes.length() > mostBytes()) {
            tooLong();
        } else if (!body.add(bytes)) {
            refuse(
                    ErrorKind.OVERLOADED,
                    "the gateway holds as many bytes of bodies as it may",
                    cut(limits.sizes().buffered(), "buffered"));
        }
    }

    private void ended() {
        stopTimer();
        if (!over) {
            over = true;
            recipient.received();
        }
    }

    private void tooLong() {
        Sourced<Size> most = limits.sizes().requestBody();
        refuse(ErrorKind.TOO_LARGE, "the request's body is too long", cut(most, "request-body"));
    }

    private static Cut cut(Sourced<Size> size, String key) {
        return new Cut(key, size.value().toString(), size.source());
    }

    private void tooSlow() {
        if (over) {
            // It was refused and still does not end: that is enough.
            client.refuseRest();
            return;
        }
        var wait = limits.waits().requestRead();
        client.closeAfter();
        refuse(
                ErrorKind.REQUEST_TIMEOUT,
                "the request was not complete",
                new Cut("request-read", wait.value().toString(), wait.source()));
    }

    /// It is not waited for any longer.
    void forgo() {
        client.sendAway();
        refuse(ErrorKind.DRAINING, DRAINING, null);
    }

    /// Nobody can tell where it ends, or whether it was meant so.
    void broken() {
        stopTimer();
        if (over) {
            client.refuseRest();
            return;
        }
        client.closeAfter();
        client.listen(event -> {
            if (event == Downstream.DELIVERED) {
                client.refuseRest(); // whose end will not be seen
            }
        });
        refuse(ErrorKind.BAD_REQUEST, "the request's body is not framed as HTTP asks for", null);
    }

    private void refuse(ErrorKind kind, String message, @Nullable Cut cut) {
        if (!over) {
            over = true;
            recipient.refused(kind, message, cut);
        }
    }

    private void downstream(Downstream event) {
        if (event == Downstream.GONE) {
            abandon();
        }
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void abandon() {
        stopTimer();
        if (!over) {
            over = true;
            recipient.abandoned();
        }
    }
}
