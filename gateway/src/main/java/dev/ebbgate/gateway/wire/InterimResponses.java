package dev.ebbgate.gateway.wire;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpClientConnection;

/// Leaves out what an HTTP/1.1 provider says before its answer (RFC 9110, section 15.2). The
/// library knows 100 and 103, and takes any other such response for the answer itself: the real one
/// would then be given to whoever is next on that connection.
final class InterimResponses extends ChannelInboundHandlerAdapter {

    private static final int CONTINUE = 100;
    private static final int SWITCHING = 101;
    private static final int EARLY_HINTS = 103;

    private boolean dropping;

    private InterimResponses() {}

    static void leaveOut(HttpConnection connection) {
        if (connection instanceof HttpClientConnection known) {
            ChannelPipeline pipeline = known.channelHandlerContext().pipeline();
            ChannelHandlerContext codec = pipeline.context(HttpClientCodec.class);
            if (codec != null) {
                pipeline.addAfter(codec.name(), "ebbgate-interim", new InterimResponses());
            }
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpResponse response) {
            int status = response.status().code();
            dropping =
                    response.status().codeClass() == HttpStatusClass.INFORMATIONAL
                            && status != CONTINUE
                            && status != EARLY_HINTS;
            if (status == SWITCHING) {
                var _ = context.close(); // nobody asked for another protocol
            }
        }
        if (!dropping) {
            context.fireChannelRead(message);
            return;
        }
        dropping = !(message instanceof LastHttpContent);
        ReferenceCountUtil.release(message);
    }
}
