package dev.ebbgate.bench.upstream;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A wheel of one event loop: gives every paced stream one chunk per turn, the streams spread
/// evenly over the turn.
///
/// Belongs to its event loop; no other thread may touch it after `start`.
@SuppressWarnings(
        "FutureReturnValueIgnored") // Void promises: a failed write reaches exceptionCaught.
final class Pacer {
    /// Time between two chunks of one stream.
    static final int PERIOD_MILLIS = 20;

    private final Frames frames;
    private final List<List<Stream>> slots = new ArrayList<>();
    private int now;
    private int nextSlot;

    private Pacer(Frames frames) {
        this.frames = frames;
        for (int slot = 0; slot < PERIOD_MILLIS; slot++) {
            slots.add(new ArrayList<>());
        }
    }

    /// A wheel that turns on this loop for as long as the loop lives.
    static Pacer start(EventLoop loop, Frames frames) {
        Pacer pacer = new Pacer(frames);
        var _ = loop.scheduleAtFixedRate(pacer::tick, 1, 1, TimeUnit.MILLISECONDS);
        return pacer;
    }

    /// Sends the head and the role chunk now, everything else in its turn.
    void begin(ChannelHandlerContext ctx) {
        ctx.writeAndFlush(frames.opening(), ctx.voidPromise());
        slots.get(nextSlot).add(new Stream(ctx));
        nextSlot = (nextSlot + 7) % PERIOD_MILLIS;
    }

    private void tick() {
        now = (now + 1) % PERIOD_MILLIS;
        slots.get(now).removeIf(this::advance);
    }

    private boolean advance(Stream stream) {
        ChannelHandlerContext ctx = stream.ctx;
        if (!ctx.channel().isActive()) {
            return true;
        }
        stream.left--;
        ctx.writeAndFlush(stream.left == 0 ? frames.ending() : frames.delta(), ctx.voidPromise());
        return stream.left == 0;
    }

    private static final class Stream {
        final ChannelHandlerContext ctx;
        int left = Frames.PACED_CHUNKS - 1;

        Stream(ChannelHandlerContext ctx) {
            this.ctx = ctx;
        }
    }
}
