package dev.ebbgate.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// The client's event loops, shared by all loads of a run so that they are warm.
public final class Loops implements AutoCloseable {
    private static final int THREADS = 2;

    private final EventLoopGroup group =
            new MultiThreadIoEventLoopGroup(THREADS, EpollIoHandler.newFactory());

    /// One of the loops.
    EventLoop next() {
        return group.next();
    }

    /// Opens `count` connections at once, spread over the loops.
    void connect(int count, int port, Course course, Shot shot) {
        for (int i = 0; i < count; i++) {
            connect(group.next(), port, course, shot, System.nanoTime());
        }
    }

    /// Opens `count` connections evenly within this time.
    void connectWithin(Duration ramp, int count, int port, Course course, Shot shot) {
        long start = System.nanoTime();
        long step = ramp.toNanos() / count;
        for (int i = 0; i < count; i++) {
            connectAt(start + i * step, port, course, shot);
        }
    }

    /// Opens one connection when it is due.
    void connectAt(long due, int port, Course course, Shot shot) {
        EventLoop loop = group.next();
        var _ =
                loop.schedule(
                        () -> connect(loop, port, course, shot, due),
                        due - System.nanoTime(),
                        TimeUnit.NANOSECONDS);
    }

    /// Opens one connection on this loop.
    ///
    /// @param due when its first request is due
    void connect(EventLoop loop, int port, Course course, Shot shot, long due) {
        new Bootstrap()
                .group(loop)
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(
                        new ChannelInitializer<SocketChannel>() {
                            @Override
                            protected void initChannel(SocketChannel channel) {
                                channel.pipeline().addLast(new Caller(course, shot, due));
                            }
                        })
                .connect("127.0.0.1", port)
                .addListener((ChannelFutureListener) opened -> reportRefusal(opened, course));
    }

    private static void reportRefusal(ChannelFuture opened, Course course) {
        Throwable why = opened.cause();
        if (why != null) {
            course.refused(why);
        }
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
