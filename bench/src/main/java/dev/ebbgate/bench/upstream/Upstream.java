package dev.ebbgate.bench.upstream;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.SocketChannel;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The bench's provider as a process of its own.
public final class Upstream {
    private static final int LOOPS = 2;
    private static final int BACKLOG = 4096;

    private Upstream() {}

    /// Serves on this loopback port until standard input ends, so that it never outlives the
    /// process that started it.
    public static void serve(int port) throws IOException, InterruptedException {
        var group = new MultiThreadIoEventLoopGroup(LOOPS, EpollIoHandler.newFactory());
        new ServerBootstrap()
                .group(group)
                .channel(EpollServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new Connections())
                .bind("127.0.0.1", port)
                .sync();
        while (System.in.read() >= 0) {
            // Nothing is ever said here; only the end counts.
        }
        group.shutdownGracefully().sync();
    }

    private static final class Connections extends ChannelInitializer<SocketChannel> {
        private final Frames frames = new Frames();
        private final Map<EventLoop, Pacer> pacers = new ConcurrentHashMap<>();

        @Override
        protected void initChannel(SocketChannel channel) {
            EventLoop loop = channel.eventLoop();
            Pacer pacer = pacers.computeIfAbsent(loop, it -> Pacer.start(it, frames));
            channel.pipeline().addLast(new Answering(frames, pacer));
        }
    }
}
