package dev.ebbgate.gateway.wire;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpClientConnection;

/// Takes a provider's `close_notify` for the end that it is (RFC 8446, section 6.1): many servers
/// close the connection beneath only when the other side has answered it, or much later, and until
/// then they would seem to be silent.
final class Farewell extends ChannelInboundHandlerAdapter {

    private Farewell() {}

    static void heed(HttpConnection connection) {
        if (connection instanceof HttpClientConnection known) {
            ChannelPipeline pipeline = known.channelHandlerContext().pipeline();
            ChannelHandlerContext tls = pipeline.context(SslHandler.class);
            if (tls != null) {
                pipeline.addAfter(tls.name(), "ebbgate-farewell", new Farewell());
            }
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        context.fireUserEventTriggered(event);
        if (event instanceof SslCloseCompletionEvent) {
            var _ = context.close();
        }
    }
}
