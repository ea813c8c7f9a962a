package dev.ebbgate.gateway.loop;

import dev.ebbgate.core.failure.Failure;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.resolve.Target;
import dev.ebbgate.dialects.EventReader;
import dev.ebbgate.dialects.ProviderError;
import dev.ebbgate.dialects.RetryAfter;
import dev.ebbgate.gateway.desk.Collector;
import dev.ebbgate.gateway.desk.Plan;
import dev.ebbgate.gateway.desk.Room;
import dev.ebbgate.gateway.downstream.ClientAnswer;
import dev.ebbgate.gateway.wire.Call;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

import org.jspecify.annotations.Nullable;

/// The attempt under way as the wire sees it: its target, its call, and what has come back.
final class Trial {

    private final Plan plan;
    private final int maxEvent;
    private Target target;
    private int number;
    private int status;
    private @Nullable Call call;
    private @Nullable MultiMap headers;
    private @Nullable Answer answer;
    private @Nullable ProviderError error;

    Trial(Plan plan, int maxEvent) {
        this.plan = plan;
        this.maxEvent = maxEvent;
        this.target = plan.targets().getFirst();
    }

    void begin(int newNumber, Target newTarget) {
        discard();
        number = newNumber;
        target = newTarget;
        status = 0;
        call = null;
        headers = null;
        answer = null;
        error = null;
    }

    void calling(Call newCall) {
        call = newCall;
    }

    /// Takes the head of the provider's answer and chooses who reads the body; answers why it
    /// cannot be read at all, or null.
    @Nullable Failure head(
            int newStatus,
            MultiMap newHeaders,
            StreamAnswer.Reader exchange,
            ClientAnswer client,
            Room room) {
        status = newStatus;
        headers = newHeaders;
        boolean good = status >= 200 && status < 300;
        boolean streamed = plan.policy().streamed();
        long declared = Collector.declared(newHeaders.get(HttpHeaders.CONTENT_LENGTH));
        if (Heads.isEncoded(newHeaders)) {
            return new Failure.Malformed("it is encoded, although identity was asked for");
        }
        if (!good || (streamed && isNoStream(newHeaders))) {
            Collector collector = new Collector(room, maxEvent, declared);
            Span retryAfter = RetryAfter.read(newHeaders::get, System.currentTimeMillis());
            answer = new RefusedAnswer(collector, plan.operation(), status, retryAfter, exchange);
        } else if (streamed) {
            int choices = plan.head().choices(plan.operation());
            EventReader events = new EventReader(plan.operation(), choices, maxEvent);
            answer = new StreamAnswer(events, exchange, client, new Ballast(room, maxEvent));
        } else if (Heads.isType(newHeaders, "text/event-stream")) {
            return new Failure.Malformed("one answer was asked for, a stream came");
        } else {
            Collector collector = new Collector(room, Long.MAX_VALUE, declared);
            answer = new WholeAnswer(collector, plan.operation(), exchange);
        }
        return null;
    }

    /// A server that calls its stream nothing at all, or plain text, is believed by its bytes.
    private static boolean isNoStream(MultiMap headers) {
        return Heads.isType(headers, "application/json") || Heads.isType(headers, "text/html");
    }

    void keep(ProviderError newError) {
        error = newError;
    }

    void pause() {
        if (call != null) {
            call.pause();
        }
    }

    void resume() {
        if (call != null) {
            call.resume();
        }
    }

    /// Closes the upstream.
    void abort() {
        if (call != null) {
            call.abort();
        }
    }

    /// Lets the upstream come to its formal end.
    void release(Span patience) {
        if (call != null) {
            call.release(patience);
        }
    }

    /// Forgets what was collected.
    void discard() {
        if (answer != null) {
            answer.discard();
        }
    }

    Target target() {
        return target;
    }

    int number() {
        return number;
    }

    int status() {
        return status;
    }

    @Nullable MultiMap headers() {
        return headers;
    }

    @Nullable Answer answer() {
        return answer;
    }

    @Nullable ProviderError error() {
        return error;
    }

    int skipped() {
        return answer instanceof StreamAnswer stream ? stream.skipped() : 0;
    }
}
