package dev.ebbgate.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.TimeUnit;

/// One client connection with at most one request under way. Confined to its event loop.
@SuppressWarnings(
        "FutureReturnValueIgnored") // A failed write closes the channel, and that is noticed.
final class Caller extends ChannelInboundHandlerAdapter {
    private static final int SCRATCH = 64 * 1024;
    private static final ThreadLocal<byte[]> scratch =
            ThreadLocal.withInitial(() -> new byte[SCRATCH]);

    private final Course course;
    private final Shot shot;
    private final byte[] request;
    private final AnswerReader answer = new AnswerReader();
    private @Nullable ChannelHandlerContext context;
    private boolean waiting;
    private long readNanos;
    private long dueNanos;

    /// A caller whose first request is due at this time.
    Caller(Course course, Shot shot, long due) {
        this.course = course;
        this.shot = shot;
        this.request = shot.bytes();
        this.dueNanos = due;
    }

    /// Sends the request, which was due at this time.
    void send(long due) {
        answer.reset();
        waiting = true;
        dueNanos = due;
        ChannelHandlerContext ctx = context();
        ctx.writeAndFlush(Unpooled.wrappedBuffer(request), ctx.voidPromise());
    }

    /// Sends the next request when it is due, if the connection still stands by then.
    void sendAt(long due) {
        ChannelHandlerContext ctx = context();
        ctx.executor()
                .schedule(
                        () -> {
                            if (ctx.channel().isActive()) {
                                send(due);
                            }
                        },
                        due - System.nanoTime(),
                        TimeUnit.NANOSECONDS);
    }

    void close() {
        context().close();
    }

    Shot shot() {
        return shot;
    }

    AnswerReader answer() {
        return answer;
    }

    /// Whether an answer is under way.
    boolean waiting() {
        return waiting;
    }

    /// When the latest bytes were read, before they were looked at.
    long readNanos() {
        return readNanos;
    }

    /// When the latest request was due, or the first one is.
    long dueNanos() {
        return dueNanos;
    }

    private ChannelHandlerContext context() {
        if (context == null) {
            throw new IllegalStateException("not connected");
        }
        return context;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        course.ready(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        readNanos = System.nanoTime();
        ByteBuf in = (ByteBuf) message;
        try {
            int before = answer.events();
            boolean whole = read(in);
            if (answer.events() > before) {
                course.progressed(this, answer.events() - before);
            }
            if (whole) {
                waiting = false;
                course.answered(this);
            }
        } finally {
            in.release();
        }
    }

    private boolean read(ByteBuf in) {
        byte[] bytes = scratch.get();
        boolean whole = false;
        while (in.isReadable()) {
            int length = Math.min(bytes.length, in.readableBytes());
            in.readBytes(bytes, 0, length);
            whole = answer.feed(bytes, 0, length);
        }
        return whole && waiting;
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (waiting && answer.endsWithConnection()) {
            waiting = false;
            course.answered(this);
        } else {
            course.closed(this);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
