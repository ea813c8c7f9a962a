package dev.ebbgate.gateway.wire;

import dev.ebbgate.core.limit.Span;
import dev.ebbgate.gateway.timer.Timer;
import dev.ebbgate.gateway.timer.Timers;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpClientConnection;

import java.time.Duration;

/// Asks an HTTP/2 connection for a sign of life.
///
/// Whoever is abandoned on a connection of its own takes it along; on a shared one the others stay,
/// and new calls come. If the path is dead, each of them would wait for its own limit. So after an
/// abort the provider is pinged, and a connection without an answer is taken out of the pool. It is
/// not closed: the calls on it have limits of their own, and the provider may merely be busy.
final class Pulse {

    private static final AttributeKey<Boolean> ASKED = AttributeKey.valueOf("ebbgate-pulse");
    private static final long BEAT = 0x6562_6267_6174_6521L;

    /// The calls that are left on it end by their own limits, and the connection with the last.
    private static final Duration UNTIL_THE_LAST = Duration.ofMillis(Integer.MAX_VALUE);

    private Pulse() {}

    /// Takes the connection out of the pool unless it answers within `patience`.
    static void ask(Timers timers, HttpConnection connection, Span patience) {
        if (patience.isOff() || !(connection instanceof HttpClientConnection known)) {
            return;
        }
        Channel channel = known.channelHandlerContext().channel();
        if (!channel.isActive() || channel.attr(ASKED).getAndSet(true) != null) {
            return;
        }
        Runnable takeOut =
                () -> {
                    var _ = connection.shutdown(UNTIL_THE_LAST);
                };
        Timer timer = timers.after(patience.nanos(), takeOut);
        connection
                .ping(Buffer.buffer().appendLong(BEAT))
                .onSuccess(_ -> {
                    timer.cancel();
                    channel.attr(ASKED).set(null);
                });
    }
}
