package dev.ebbgate.gateway.downstream;

import dev.ebbgate.core.exchange.ExchangeEvent.Downstream;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpServerConnection;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The answer to one client as it is written: what leaves with this tick of the event loop, and the
/// head. Confined to the client's event loop.
///
/// Writes are coalesced: all that comes in one tick leaves in one write, which costs a sixth of the
/// processor time of writing each event and delays nothing. Until then it is gathered in an array
/// that all answers of the loop share, one after the other.
public final class ClientAnswer {

    private static final long LONGEST_DAYS = 30;

    /// How much is written at once over HTTP/2, where a client's pace is known by complete writes
    /// alone.
    private static final int FRAME = 16 * 1024;

    /// What a stream ends with in HTTP/2 that is not wanted any more.
    private static final long CANCEL = 8;

    private final Context context;
    private final HttpServerResponse response;
    private final HttpVersion version;
    private final HttpServerRequest request;
    private DownstreamListener listener = _ -> {};
    private final Gathering gathering;
    private @Nullable Buffer kept;
    private final Handler<Void> flush = _ -> flush();
    private boolean flushScheduled;
    private boolean headSent;
    private boolean ended;
    private boolean full;
    private Runnable whenOver;
    private long bytes;
    private long chunks;
    private long waiting;
    private boolean taken;
    private long unreadBefore;

    /// The answer to a request.
    ///
    /// @param whenOver called once, when it has ended or its client has left
    public ClientAnswer(
            Context context, Gathering gathering, HttpServerRequest request, Runnable whenOver) {
        this.whenOver = whenOver;
        this.context = context;
        this.gathering = gathering;
        this.request = request;
        this.response = request.response();
        this.version = request.version();
        response.exceptionHandler(_ -> {});
        response.closeHandler(_ -> gone());
        response.endHandler(_ -> over());
    }

    /// Who hears of the client from now on.
    public void listen(DownstreamListener newListener) {
        listener = newListener;
        if (response.closed() && !response.ended()) {
            context.runOnContext(_ -> gone());
        }
    }

    private void over() {
        Runnable first = whenOver;
        whenOver = () -> {};
        first.run();
    }

    private void gone() {
        ended = true;
        over();
        listener.on(Downstream.GONE);
    }

    /// Sets the head of a stream, to be sent by [#sendHead] or with the first bytes.
    public void streamHead(int status, Consumer<MultiMap> headers) {
        response.setStatusCode(status);
        headers.accept(response.headers());
        if (version == HttpVersion.HTTP_1_1) {
            response.setChunked(true);
        } else if (version == HttpVersion.HTTP_1_0) {
            closeAfter(); // nothing else tells where the answer ends
        }
    }

    /// Sends the head alone.
    public void sendHead() {
        headSent = true;
        response.writeHead();
        listener.on(Downstream.SENT);
    }

    /// Whether the head has left, or leaves with this tick.
    public boolean headSent() {
        return headSent;
    }

    /// The answer counts from now on. The head leaves with this tick at the latest, whatever else
    /// happens in it: how a stream fails must not depend on how its bytes fell into ticks.
    public void commit() {
        headSent = true;
    }

    /// Sends bytes with this tick.
    ///
    /// @param events how many events they are
    public void send(byte[] source, int from, int to, int events) {
        chunks += events;
        gathering.add(this, source, from, to);
        if (!flushScheduled) {
            flushScheduled = true;
            context.runOnContext(flush);
        }
    }

    /// Takes back bytes of this tick for which there was no more place where they gathered.
    void keep(Buffer overflow) {
        kept = kept == null ? overflow : kept.appendBuffer(overflow);
    }

    /// All bytes of this tick.
    private Buffer gathered() {
        Buffer last = gathering.take(this);
        Buffer out = kept == null ? last : kept.appendBuffer(last);
        kept = null;
        return out;
    }

    private void flush() {
        flushScheduled = false;
        Buffer out = gathered();
        if (ended || out.length() == 0) {
            return;
        }
        bytes += out.length();
        Future<Void> last = write(allButLast(out));
        listener.on(Downstream.SENT);
        if (!last.isComplete() && !full) {
            full = true;
            listener.on(Downstream.FILLED);
        }
    }

    /// Writes what is longer than one write may be, and answers the rest.
    private Buffer allButLast(Buffer out) {
        int from = 0;
        if (version == HttpVersion.HTTP_2) {
            for (; out.length() - from > FRAME; from += FRAME) {
                write(out.slice(from, from + FRAME));
            }
        }
        return from == 0 ? out : out.slice(from, out.length());
    }

    private Future<Void> write(Buffer part) {
        return awaited(response.write(part), part.length());
    }

    private Future<Void> awaited(Future<Void> written, int length) {
        if (!written.isComplete()) {
            await(written, length);
        }
        return written;
    }

    /// The system takes no more for this client, and what it has not taken waits here. The library
    /// counts writes and not bytes, so it is no measure.
    private void await(Future<Void> written, int length) {
        taken |= unread() < unreadBefore;
        waiting += length;
        unreadBefore = unread();
        var _ =
                written.onSuccess(_ -> {
                    waiting -= length;
                    if (full && waiting == 0) {
                        full = false;
                        listener.on(Downstream.DRAINED);
                    }
                });
    }

    /// Ends a stream behind all that was sent, with these bytes as its last.
    public void end(byte[] last) {
        if (ended) {
            return;
        }
        Buffer out = gathered().appendBytes(last);
        ended = true;
        headSent = true;
        bytes += out.length();
        end(out);
    }

    /// Gives a whole answer at once.
    public void reply(int status, MultiMap headers, Buffer body) {
        reply(status, out -> out.addAll(headers), body);
    }

    /// Gives a whole answer at once.
    ///
    /// @param headers writes its head
    public void reply(int status, Consumer<MultiMap> headers, Buffer body) {
        if (ended || headSent) {
            return;
        }
        ended = true;
        headSent = true;
        bytes += body.length();
        chunks += status < 300 ? 1 : 0;
        headers.accept(response.headers());
        response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
        response.setStatusCode(status);
        end(body);
    }

    private void end(Buffer out) {
        Buffer last = allButLast(out);
        var _ = awaited(response.end(last), last.length()).onComplete(_ -> delivered());
    }

    private void delivered() {
        if (version == HttpVersion.HTTP_1_0) {
            var _ = request.connection().close();
        }
        listener.on(Downstream.DELIVERED);
    }

    /// Closes the client's side without another word: the stream for HTTP/2, else the connection.
    public void drop() {
        ended = true;
        if (version == HttpVersion.HTTP_2) {
            response.reset(CANCEL);
        } else {
            abort((HttpServerConnection) request.connection());
        }
        listener.on(Downstream.GONE);
    }

    /// Vert.x closes behind what is still to be written, which for a client that does not read is
    /// never. With nothing to linger for, the kernel forgets it as well.
    private static void abort(HttpServerConnection connection) {
        ChannelHandlerContext behindVertx = connection.channelHandlerContext();
        if (behindVertx.channel().isOpen()) {
            behindVertx.channel().config().setOption(ChannelOption.SO_LINGER, 0);
            var _ = behindVertx.close();
        }
    }

    /// Whether the client has taken something of what waits for it since this was asked last. Of
    /// HTTP/2 only whole writes are seen.
    public boolean hasTaken() {
        long left = unread();
        boolean since = taken || left < unreadBefore;
        taken = false;
        unreadBefore = left;
        return since;
    }

    private long unread() {
        if (version == HttpVersion.HTTP_2 || waiting == 0) {
            return waiting;
        }
        var connection = (HttpServerConnection) request.connection();
        var queue = connection.channelHandlerContext().channel().unsafe().outboundBuffer();
        return queue == null ? 0 : waiting - queue.currentProgress();
    }

    /// Ends the connection with this answer, where it carries no others.
    public void closeAfter() {
        if (version != HttpVersion.HTTP_2) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
    }

    /// Has the client send what it asks next over another connection, and so perhaps to another
    /// gateway; what is under way on this one goes on.
    public void sendAway() {
        if (version == HttpVersion.HTTP_2) {
            // Its streams have limits of their own.
            var _ = request.connection().shutdown(LONGEST_DAYS, TimeUnit.DAYS);
        } else {
            closeAfter();
        }
    }

    /// Gives the client up that owes the rest of its request: its stream, or its connection where
    /// it carries no others.
    public void refuseRest() {
        if (version == HttpVersion.HTTP_2) {
            response.reset();
        } else {
            var _ = request.connection().close();
        }
    }

    public int status() {
        return response.getStatusCode();
    }

    /// Bytes of body handed over.
    public long bytes() {
        return bytes;
    }

    /// Events of the answer handed over; one for a whole answer, none for an error.
    public long chunks() {
        return chunks;
    }
}
