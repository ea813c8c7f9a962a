package dev.ebbgate.bench.upstream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/// One connection to the bench's provider: waits for a whole request, answers by its model.
///
/// Reads just enough HTTP/1.1 for that: a head, a `content-length`, no pipelining.
@SuppressWarnings(
        "FutureReturnValueIgnored") // Void promises: a failed write reaches exceptionCaught.
final class Answering extends ByteToMessageDecoder {
    private static final String LENGTH = "\r\ncontent-length:";

    private final Frames frames;
    private final Pacer pacer;

    Answering(Frames frames, Pacer pacer) {
        this.frames = frames;
        this.pacer = pacer;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        String text = in.toString(in.readerIndex(), in.readableBytes(), ISO_8859_1);
        int body = text.indexOf("\r\n\r\n") + 4;
        if (body < 4) {
            return;
        }
        int end = body + contentLength(text.substring(0, body));
        if (text.length() < end) {
            return;
        }
        in.skipBytes(end);
        Kind.askedFor(text.substring(body, end))
                .ifPresentOrElse(kind -> answer(ctx, kind), () -> send(ctx, frames.unknown()));
    }

    private void answer(ChannelHandlerContext ctx, Kind kind) {
        switch (kind) {
            case JSON -> send(ctx, frames.json());
            case BURST -> send(ctx, frames.burst());
            case PACED -> pacer.begin(ctx);
            case STALL -> send(ctx, Frames.stamped(System.nanoTime()));
            case FAILING -> send(ctx, frames.overloaded());
        }
    }

    private static void send(ChannelHandlerContext ctx, ByteBuf bytes) {
        ctx.writeAndFlush(bytes, ctx.voidPromise());
    }

    private static int contentLength(String head) {
        String lower = head.toLowerCase(Locale.ROOT);
        int start = lower.indexOf(LENGTH);
        if (start < 0) {
            return 0;
        }
        int from = start + LENGTH.length();
        return Integer.parseInt(lower.substring(from, lower.indexOf('\r', from)).strip());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException)) {
            System.err.println("bench upstream: " + cause);
        }
        ctx.close();
    }
}
