package dev.ebbgate.gateway.door;

import dev.ebbgate.core.limit.Span;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.TimeUnit;

/// Closes a connection on which no whole head has come within `limits.request-read` of its
/// acceptance. The HTTP server itself does not know of such a connection: it tells HTTP/1.1 from
/// HTTP/2 by the first head. Confined to the connection's event loop.
public final class FirstHead extends ChannelInboundHandlerAdapter {

    private static final String NAME = "ebbgate-first-head";

    private final Span patience;
    private @Nullable ScheduledFuture<?> closing;

    private FirstHead(Span patience) {
        this.patience = patience;
    }

    /// Begins to wait for the first head of a connection that was just accepted.
    public static void await(Channel accepted, Span patience) {
        accepted.pipeline().addFirst(NAME, new FirstHead(patience));
    }

    /// It has come.
    static void arrived(HttpConnection connection) {
        if (connection instanceof HttpServerConnection known) {
            ChannelPipeline pipeline = known.channelHandlerContext().channel().pipeline();
            if (pipeline.get(NAME) != null) {
                pipeline.remove(NAME);
            }
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        Runnable close =
                () -> {
                    var _ = context.close();
                };
        closing = context.executor().schedule(close, patience.millis(), TimeUnit.MILLISECONDS);
        context.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        cancel();
        context.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        cancel();
    }

    private void cancel() {
        if (closing != null) {
            closing.cancel(false);
            closing = null;
        }
    }
}
