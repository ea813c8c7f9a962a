package dev.ebbgate.gateway.wire;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpClientConnection;

import org.jspecify.annotations.Nullable;

import java.util.function.Supplier;

/// The connection that is being opened for a call, known from its first moment on, so that it can
/// be closed in the middle of its making: the library offers no way, and would go on until it gives
/// up.
///
/// The pool asks for a new connection in the same breath in which a call asks the pool; that tells
/// whose it is. While it is being opened it belongs to that call alone, so that nobody else loses
/// by its end; once usable, it is the pool's. The opening of a call that got a pooled one stays
/// empty. Confined to one event loop.
public final class Opening {

    private static final ScopedValue<Opening> ASKING = ScopedValue.newInstance();
    private static final AttributeKey<Opening> FOR = AttributeKey.valueOf("ebbgate-opening");

    private static final AttributeKey<Opening> OF = AttributeKey.valueOf("ebbgate-opening-of");

    private @Nullable Channel channel;
    private boolean unwanted;

    Opening() {}

    /// Asks for a connection; one that is opened for it becomes this one.
    <T> T during(Supplier<T> asking) {
        return ScopedValue.where(ASKING, this).call(asking::get);
    }

    /// Notes on a connection to be whose it will be. It may be made much later: the name of a proxy
    /// is looked up before.
    public static void mark(Bootstrap connection) {
        if (ASKING.isBound()) {
            connection.attr(FOR, ASKING.get());
        }
    }

    /// The same channels, each known to its opening before it begins to connect.
    public static ChannelFactory<Channel> watched(ChannelFactory<? extends Channel> plain) {
        return () -> {
            Channel channel = plain.newChannel();
            channel.pipeline().addFirst(new Birth());
            return channel;
        };
    }

    /// Notes that a connection is usable: from now on others may be on it.
    static void made(HttpConnection connection) {
        if (connection instanceof HttpClientConnection known) {
            Opening opening = known.channelHandlerContext().channel().attr(OF).getAndSet(null);
            if (opening != null) {
                opening.channel = null;
            }
        }
    }

    private static final class Birth extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRegistered(ChannelHandlerContext context) {
            Opening opening = context.channel().attr(FOR).getAndSet(null);
            context.fireChannelRegistered();
            context.pipeline().remove(this);
            if (opening != null) {
                opening.begun(context.channel());
            }
        }
    }

    private void begun(Channel born) {
        channel = born;
        born.attr(OF).set(this);
        if (unwanted) {
            close();
        }
    }

    /// Closes it at once, whether it waits for a packet, a proxy or a handshake. Only for a call
    /// that has not been given a connection.
    void close() {
        unwanted = true;
        if (channel == null) {
            return;
        }
        // Beneath TLS, which would say farewell first.
        ChannelHandlerContext first = channel.pipeline().firstContext();
        var _ = first == null ? channel.close() : first.close();
    }
}
