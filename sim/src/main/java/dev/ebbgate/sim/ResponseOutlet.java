package dev.ebbgate.sim;

import dev.ebbgate.sim.play.Outlet;
import dev.ebbgate.sim.script.Ending;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpServerConnection;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/// A response of the server, and the attempt's line in the journal.
final class ResponseOutlet implements Outlet {

    private static final long INTERNAL_ERROR = 0x2;
    private static final long CANCEL = 0x8;

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Attempt attempt;
    private final @Nullable Gzip gzip;
    private boolean ending;
    private Runnable whenClosed = () -> {};

    ResponseOutlet(HttpServerRequest request, Attempt attempt, boolean compressed) {
        this.request = request;
        this.response = request.response();
        this.attempt = attempt;
        this.gzip = compressed ? new Gzip() : null;
        // On HTTP/2 a stream also closes after a good end: that is told by the end's own future.
        response.closeHandler(_ -> {
            if (!ending) {
                peerClosed();
            }
        });
        response.exceptionHandler(_ -> peerClosed());
    }

    private void peerClosed() {
        if (!attempt.over()) {
            attempt.ended(End.PEER_CLOSED);
            whenClosed.run();
        }
    }

    @Override
    public void head(int status, Map<String, String> headers) {
        response.setStatusCode(status);
        headers.forEach(response::putHeader);
        if (gzip != null) {
            response.putHeader("content-encoding", "gzip");
        }
        if (!headers.containsKey("content-length") && http1()) {
            response.setChunked(true);
        }
        response.writeHead();
        attempt.sent(0, 0);
    }

    @Override
    public void write(Buffer bytes, int events) {
        if (bytes.length() > 0) {
            response.write(gzip == null ? bytes : gzip.pack(bytes));
        }
        attempt.sent(bytes.length(), events);
    }

    @Override
    public void finish(Ending ending) {
        switch (ending) {
            case OK, EOF, ERROR -> complete();
            case CUT, TRUNCATED -> close(End.CUT);
            case RESET -> close(End.RESET);
            case HANG -> {}
        }
    }

    private void complete() {
        ending = true;
        Buffer rest = gzip == null ? Buffer.buffer() : gzip.trailer();
        response.end(rest)
                .onComplete(
                        done -> attempt.ended(done.succeeded() ? End.COMPLETED : End.PEER_CLOSED));
    }

    private void close(End end) {
        attempt.ended(end);
        if (!http1()) {
            response.reset(end == End.RESET ? INTERNAL_ERROR : CANCEL);
            return;
        }
        // Vert.x has no way to end a connection in the middle of a response other than its own: the
        // channel knows both a plain close (FIN) and, with nothing to linger for, an abort (RST).
        HttpServerConnection connection = (HttpServerConnection) request.connection();
        Channel channel = connection.channelHandlerContext().channel();
        if (end == End.RESET) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
        var _ = channel.close();
    }

    private boolean http1() {
        return request.version() != HttpVersion.HTTP_2;
    }

    @Override
    public boolean over() {
        return attempt.over() || response.ended();
    }

    @Override
    public boolean full() {
        return response.writeQueueFull();
    }

    @Override
    public void onceDrained(Runnable action) {
        response.drainHandler(_ -> {
            response.drainHandler(null);
            action.run();
        });
    }

    @Override
    public void onceClosed(Runnable action) {
        whenClosed = action;
    }

    /// A gzip stream that can be flushed after each event.
    private static final class Gzip {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final GZIPOutputStream packer;

        Gzip() {
            try {
                packer = new GZIPOutputStream(out, 512, true);
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }

        Buffer pack(Buffer plain) {
            try {
                packer.write(plain.getBytes());
                packer.flush();
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
            return taken();
        }

        Buffer trailer() {
            try {
                packer.close();
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
            return taken();
        }

        private Buffer taken() {
            Buffer bytes = Buffer.buffer(out.toByteArray());
            out.reset();
            return bytes;
        }
    }
}
