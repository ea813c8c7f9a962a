package dev.ebbgate.gateway.door;

import dev.ebbgate.core.config.Dialect;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.setting.Sourced;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpServerConnection;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/// The bytes of a client's connection before they are a request, of which the HTTP server does not
/// tell. A head that is not whole within `limits.request-read` ends the connection, with an answer;
/// of a new connection nobody else would know, as the server tells HTTP/1.1 from HTTP/2 by the
/// first bytes. Confined to the connection's event loop.
public final class Incoming extends ChannelInboundHandlerAdapter {

    /// How many bytes the system holds for a client that it could not send yet. By default it is
    /// megabytes, and what they hide from us is whether the client reads at all.
    private static final long UNSENT = 128 * 1024;

    private static final String NAME = "ebbgate-incoming";
    private static final byte[] HTTP_2 = bytes("PRI ");
    private static final byte[] ANTHROPIC = bytes("POST /v1/messages");

    private final Sourced<Span> patience;
    private final long acceptedNanos = System.nanoTime();
    private @Nullable ChannelHandlerContext context;
    private @Nullable ScheduledFuture<?> closing;
    private boolean begun;
    private long begunNanos;
    private boolean speaksHttp2;
    private Dialect dialect = Dialect.OPENAI;

    private Incoming(Sourced<Span> patience) {
        this.patience = patience;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// Begins to wait for the first head of a connection that was just accepted.
    public static void await(Channel accepted, Sourced<Span> patience) {
        accepted.config().setOption(EpollChannelOption.TCP_NOTSENT_LOWAT, UNSENT);
        accepted.pipeline().addFirst(NAME, new Incoming(patience));
    }

    /// That of a connection of which the HTTP server has told: it is waited for elsewhere now.
    static @Nullable Incoming of(HttpConnection connection) {
        if (connection instanceof HttpServerConnection known
                && known.channelHandlerContext().pipeline().get(NAME) instanceof Incoming own) {
            own.speaksHttp2 = connection.protocolVersion() == HttpVersion.HTTP_2;
            own.cancel();
            return own;
        }
        return null;
    }

    boolean isOfHttp2() {
        return speaksHttp2;
    }

    /// What has come so far was a request.
    void read() {
        begun = false;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        lookIn(patience.value().nanos());
        active.fireChannelActive();
    }

    private void lookIn(long nanos) {
        if (context != null) {
            closing = context.executor().schedule(this::look, nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void look() {
        long waited = System.nanoTime() - sinceNanos(acceptedNanos);
        long left = patience.value().nanos() - waited;
        if (left > 0) {
            lookIn(left);
        } else {
            close(patience, waited);
        }
    }

    /// Since when a request is waited for: since its first byte, if that has come.
    long sinceNanos(long idleNanos) {
        return begun && !speaksHttp2 ? begunNanos : idleNanos;
    }

    @Override
    public void channelRead(ChannelHandlerContext reading, Object message) {
        if (!begun && message instanceof ByteBuf bytes && bytes.isReadable()) {
            begun = true;
            begunNanos = System.nanoTime();
            speaksHttp2 |= begins(bytes, HTTP_2);
            dialect = begins(bytes, ANTHROPIC) ? Dialect.ANTHROPIC : Dialect.OPENAI;
        }
        reading.fireChannelRead(message);
    }

    private static boolean begins(ByteBuf bytes, byte[] with) {
        if (bytes.readableBytes() < with.length) {
            return false;
        }
        for (int i = 0; i < with.length; i++) {
            if (bytes.getByte(bytes.readerIndex() + i) != with[i]) {
                return false;
            }
        }
        return true;
    }

    /// Closes the connection; where a head has begun, its client is told why first.
    void close(Sourced<Span> limit, long elapsedNanos) {
        if (context == null) {
            return;
        }
        if (!begun || speaksHttp2) {
            var _ = context.close();
        } else {
            byte[] answer = Refusals.lateHead(dialect, limit, elapsedNanos);
            var _ =
                    context.writeAndFlush(Unpooled.wrappedBuffer(answer))
                            .addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext inactive) {
        cancel();
        inactive.fireChannelInactive();
    }

    private void cancel() {
        if (closing != null) {
            closing.cancel(false);
            closing = null;
        }
    }
}
