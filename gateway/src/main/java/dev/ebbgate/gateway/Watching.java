package dev.ebbgate.gateway;

import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.setting.Sourced;
import dev.ebbgate.gateway.door.Incoming;
import dev.ebbgate.gateway.wire.Opening;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TcpConfig;
import io.vertx.core.spi.transport.Transport;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;

/// The transport of this machine, with a look at every connection in its first moment: accepted, it
/// waits for its first head; opened towards a provider, it is made known to the call that asked for
/// it. Nowhere else is a connection known that early. All else is left to the transport.
final class Watching implements io.vertx.core.transport.Transport, Transport {

    private final io.vertx.core.transport.Transport chosen;
    private final Transport own;
    private final Supplier<Sourced<Span>> patience;

    /// @param patience how long a new connection may take until its first request's head is whole
    Watching(Supplier<Sourced<Span>> patience) {
        io.vertx.core.transport.Transport best =
                io.vertx.core.transport.Transport.nativeTransport();
        boolean usable = best != null && best.available();
        this.chosen = usable ? best : io.vertx.core.transport.Transport.NIO;
        this.own = chosen.implementation();
        this.patience = patience;
    }

    private final class Look extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof Channel accepted) {
                Incoming.await(accepted, patience.get());
            }
            context.fireChannelRead(message);
        }
    }

    @Override
    public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
        ChannelFactory<? extends ServerChannel> plain = own.serverChannelFactory(domainSocket);
        return () -> {
            ServerChannel channel = plain.newChannel();
            channel.pipeline().addFirst(new Look());
            return channel;
        };
    }

    @Override
    public String name() {
        return chosen.name();
    }

    @Override
    public boolean available() {
        return chosen.available();
    }

    @Override
    public boolean isAvailable() {
        return own.isAvailable();
    }

    @Override
    public @Nullable Throwable unavailabilityCause() {
        return chosen.unavailabilityCause();
    }

    @Override
    public Transport implementation() {
        return this;
    }

    @Override
    public boolean supportsDomainSockets() {
        return own.supportsDomainSockets();
    }

    @Override
    public boolean supportFileRegion() {
        return own.supportFileRegion();
    }

    @Override
    public java.net.SocketAddress convert(SocketAddress address) {
        return own.convert(address);
    }

    @Override
    public SocketAddress convert(java.net.SocketAddress address) {
        return own.convert(address);
    }

    @Override
    public IoHandlerFactory ioHandlerFactory() {
        return own.ioHandlerFactory();
    }

    @Override
    public EventLoopGroup eventLoopGroup(int type, int threads, ThreadFactory factory, int ratio) {
        return own.eventLoopGroup(type, threads, factory, ratio);
    }

    @Override
    @SuppressWarnings("deprecation") // part of the interface
    public DatagramChannel datagramChannel(InternetProtocolFamily family) {
        return own.datagramChannel(family);
    }

    @Override
    public ChannelFactory<? extends DatagramChannel> datagramChannelFactory() {
        return own.datagramChannelFactory();
    }

    @Override
    public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
        return Opening.watched(own.channelFactory(domainSocket));
    }

    @Override
    public void configure(DatagramChannel channel, DatagramSocketOptions options) {
        own.configure(channel, options);
    }

    @Override
    public void configure(TcpConfig config, boolean domainSocket, Bootstrap bootstrap) {
        own.configure(config, domainSocket, bootstrap);
        Opening.mark(bootstrap);
    }

    @Override
    public void configure(TcpConfig config, boolean domainSocket, ServerBootstrap bootstrap) {
        own.configure(config, domainSocket, bootstrap);
    }
}
