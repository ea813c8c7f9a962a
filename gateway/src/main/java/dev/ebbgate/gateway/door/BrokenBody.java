package dev.ebbgate.gateway.door;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;

import org.jspecify.annotations.Nullable;

/// Notices a request's body that is not framed as HTTP/1.1 asks for: the library would close the
/// connection without a word. Confined to the connection's event loop.
final class BrokenBody extends ChannelInboundHandlerAdapter {

    private @Nullable Runnable reader;

    private BrokenBody() {}

    /// That of a connection; null where there are no such bodies.
    static @Nullable BrokenBody of(HttpConnection connection) {
        if (!(connection instanceof HttpServerConnection known)) {
            return null;
        }
        ChannelPipeline pipeline = known.channelHandlerContext().pipeline();
        ChannelHandlerContext decoder = pipeline.context(HttpRequestDecoder.class);
        if (decoder == null) {
            return null;
        }
        BrokenBody own = new BrokenBody();
        pipeline.addAfter(decoder.name(), "ebbgate-broken-body", own);
        return own;
    }

    /// Who answers for the body that comes now; null if nobody reads it.
    void tell(@Nullable Runnable newReader) {
        reader = newReader;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        Runnable present = reader;
        if (present != null
                && message instanceof HttpContent content
                && !(message instanceof HttpRequest)
                && content.decoderResult().isFailure()) {
            ReferenceCountUtil.release(message);
            present.run();
        } else {
            context.fireChannelRead(message);
        }
    }
}
