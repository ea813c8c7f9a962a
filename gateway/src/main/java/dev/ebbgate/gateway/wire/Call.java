package dev.ebbgate.gateway.wire;

import dev.ebbgate.core.failure.Failure;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.gateway.timer.Timer;
import dev.ebbgate.gateway.timer.Timers;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.util.AttributeKey;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
import io.vertx.core.http.impl.HttpClientConnection;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;

/// One call to a provider. Confined to the event loop that made it.
public final class Call {

    private static final AttributeKey<Long> USED = AttributeKey.valueOf(Call.class, "used");

    /// Codes of RFC 9113, section 7.
    private static final long REFUSED_STREAM = 7;

    private static final long CANCEL = 8;

    /// A connection that died before the request came through shows it within a round trip. What
    /// breaks later has read the request and may have worked on it.
    private static final long STALE_WITHIN_NANOS = 500_000_000L;

    private static final Future<Void> NOTHING_SENT = Future.failedFuture("nothing was sent");

    private final Timers timers;
    private final UpstreamListener listener;
    private final Opening opening;
    private final Consumer<MultiMap> headers;
    private final Buffer body;
    private final Span connect;
    private final Staleness staleness;
    private @Nullable HttpClientRequest request;
    private @Nullable HttpClientResponse response;
    private Future<Void> sent = NOTHING_SENT;
    private boolean reused;
    private long askedNanos;
    private boolean over;
    private boolean paused;

    Call(
            Timers timers,
            UpstreamListener listener,
            Opening opening,
            Wire.Question question,
            Staleness staleness) {
        this.timers = timers;
        this.listener = listener;
        this.opening = opening;
        this.headers = question.headers();
        this.body = question.body();
        this.connect = question.connect();
        this.staleness = staleness;
    }

    /// A connection is there.
    ///
    /// @return false if it is not to be believed and another one is to be asked for
    boolean connected(HttpClientRequest usable) {
        long now = System.nanoTime();
        Long used = used(usable, now);
        if (!over && used != null && isHttp1(usable) && staleness.doubts(used)) {
            usable.exceptionHandler(_ -> {});
            var _ = usable.connection().close();
            return false;
        }
        reused = used != null;
        askedNanos = now;
        begin(usable);
        return true;
    }

    private void begin(HttpClientRequest usable) {
        // From the start: what nobody listens to is logged as an error.
        usable.exceptionHandler(this::broke);
        if (over) {
            usable.reset(CANCEL);
            return;
        }
        request = usable;
        listener.connected();
        if (over) {
            return;
        }
        headers.accept(usable.headers());
        usable.response().onSuccess(this::head).onFailure(this::broke);
        usable.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
        try {
            sent = usable.end(body);
        } catch (RuntimeException e) { // the codec refuses to write it
            close();
            broke(e);
        }
    }

    /// When the connection carried a call before this one; null if it has not.
    private static @Nullable Long used(HttpClientRequest usable, long nowNanos) {
        return usable.connection() instanceof HttpClientConnection known
                ? known.channelHandlerContext().channel().attr(USED).getAndSet(nowNanos)
                : null;
    }

    private static boolean isHttp1(HttpClientRequest usable) {
        return usable.version() != HttpVersion.HTTP_2;
    }

    void unreachable(Throwable cause) {
        if (!over) {
            over = true;
            listener.failed(Failures.whileConnecting(cause));
        }
    }

    private void head(HttpClientResponse answer) {
        if (over) {
            return;
        }
        response = answer;
        answer.handler(this::chunk);
        answer.endHandler(_ -> ended());
        answer.exceptionHandler(this::broke);
        listener.head(answer.statusCode(), answer.headers());
        if (paused) {
            answer.pause();
        }
    }

    private void chunk(Buffer bytes) {
        if (!over) {
            listener.chunk(bytes);
        }
    }

    private void ended() {
        if (!over) {
            over = true;
            if (!sent.succeeded()) {
                close(); // answered before it had read the question: no place for the next one
            }
            listener.ended();
        }
    }

    private void broke(Throwable cause) {
        if (!over) {
            over = true;
            Failure failure = Failures.ofExchange(cause);
            boolean unheard = response == null && failure instanceof Failure.Reset;
            boolean early = System.nanoTime() - askedNanos < STALE_WITHIN_NANOS;
            boolean stale = isRefused(cause) || (reused && early && !isOfStream(cause));
            if (unheard && stale && request != null && isHttp1(request)) {
                staleness.found(System.nanoTime());
            }
            listener.failed(unheard && stale ? new Failure.Stale() : failure);
        }
    }

    /// Whether the provider ended only this stream: its connection lives, and it meant this call.
    private static boolean isOfStream(Throwable cause) {
        return cause instanceof StreamResetException;
    }

    /// Whether the provider says that it has not looked at the request (RFC 9113, section 8.7).
    private static boolean isRefused(Throwable cause) {
        return cause instanceof StreamResetException reset && reset.getCode() == REFUSED_STREAM;
    }

    /// Stops reading: what the provider sends now waits in its own buffers.
    public void pause() {
        paused = true;
        if (response != null && !over) {
            response.pause();
        }
    }

    /// Reads on.
    public void resume() {
        paused = false;
        if (response != null && !over) {
            response.resume();
        }
    }

    /// Closes the upstream at once, whatever it is doing. Harmless when it is over.
    public void abort() {
        if (!over) {
            over = true;
            close();
        }
    }

    /// On HTTP/2 only the stream ends. On HTTP/1.1 the library closes behind what is still to be
    /// written, which towards a provider that does not read is never, and takes a connection back
    /// on which a request could not be written.
    private void close() {
        if (request == null) {
            opening.close();
            return;
        }
        request.reset(CANCEL);
        if (request.version() == HttpVersion.HTTP_2) {
            Pulse.ask(timers, request.connection(), connect);
        } else if (!sent.succeeded()
                && request.connection() instanceof HttpClientConnection known
                && known.channelHandlerContext().channel().isOpen()) {
            ChannelHandlerContext behindLibrary = known.channelHandlerContext();
            behindLibrary.channel().config().setOption(ChannelOption.SO_LINGER, 0);
            var _ = behindLibrary.close();
        }
    }

    /// Nothing more of the answer is wanted, but its end is near: the connection is kept for the
    /// next call if the end comes in time, and closed if not.
    public void release(Span patience) {
        if (over || request == null || response == null) {
            abort();
            return;
        }
        over = true;
        Timer timer = timers.after(patience.nanos(), this::close);
        response.handler(_ -> {});
        response.exceptionHandler(_ -> timer.cancel());
        response.endHandler(_ -> timer.cancel());
        response.resume();
    }
}
