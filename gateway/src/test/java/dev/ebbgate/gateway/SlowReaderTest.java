package dev.ebbgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.exchange.CancelReason;
import dev.ebbgate.core.exchange.Outcome;
import dev.ebbgate.core.limit.Expiry;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.gateway.Reply.End;

import io.vertx.core.buffer.Buffer;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Clients that read late, or not at all.
@Order(2)
class SlowReaderTest {

    /// More than all buffers between the provider and a client that does not read: Linux may let
    /// the receiving side of one loopback connection grow to 32 MiB.
    private static final String BIG = "tokens=6000;token-bytes=8KiB;rate=100000";

    /// More than a client that does not read leaves room for in the system, but no more than the
    /// gateway reads before it stops reading; then silence for longer than the limits.
    private static final String BURST =
            "tokens=1001;token-bytes=8KiB;rate=1000000;pause=2s;pause-at=1000";

    private static final String ONE_BIG_EVENT = "tokens=1;token-bytes=14MiB;rate=burst";
    private static final String WHOLE = "tokens=1;token-bytes=24MiB;rate=burst";
    private static final int RECEIVE_BUFFER = 32 * 1024;
    private static final long LOOK_NANOS = 20_000_000;
    private static final long STALL_NANOS = 3_000_000_000L;

    /// Read each [#LOOK_NANOS]: 24 MiB then last longer than `client-stall`. The kernel tells of
    /// what was read only in steps of megabytes.
    private static final int PACE_BYTES = 128 * 1024;

    private static final String LIMITS =
            """
            bounds: {stream-idle: [1s, 1h]}
            timeouts: {stream-idle: 1s, no-progress: 1s}
            """;

    @ParameterizedTest
    @EnumSource
    @DisplayName("O1 N5 a client slower than stream-idle gets every byte")
    void readerSlowerThanStreamIdle_isNotTimedOut(Speech speech) {
        try (GatewayFixture fixture = GatewayFixture.with(LIMITS);
                RawClient client = new RawClient(fixture.port(), RECEIVE_BUFFER)) {
            Ask ask = speech.stream(BIG);
            Buffer expected = fixture.direct(ask).body();
            fixture.simulator().journal().clear();
            client.send(ask);
            long held = stuck(fixture, 2_500);

            Reply reply = client.read();

            assertThat(held).isLessThan(expected.length());
            assertThat(reply.end()).isEqualTo(End.WHOLE);
            assertThat(tail(reply.body())).as("the last bytes").isEqualTo(tail(expected));
            assertThat(reply.body().equals(expected)).as("every byte is the same").isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("O1 N5 what waits in the gateway itself is no silence of the provider")
    void readerBehindABurst_isNotTimedOut(Speech speech) {
        try (GatewayFixture fixture = GatewayFixture.with(LIMITS);
                RawClient client = new RawClient(fixture.port(), RECEIVE_BUFFER)) {
            Ask ask = speech.stream(BURST);
            client.send(ask);
            stuck(fixture, 1_700);

            Reply reply = client.read();

            assertThat(reply.end()).isEqualTo(End.WHOLE);
            assertThat(reply.text()).doesNotContain("error");
        }
    }

    @ParameterizedTest
    @EnumSource
    void readerThatNeverReads_isDroppedAfterClientStall(Speech speech) {
        try (GatewayFixture fixture =
                        GatewayFixture.with(LIMITS + "limits: {client-stall: 500ms}\n");
                RawClient client = new RawClient(fixture.port(), RECEIVE_BUFFER)) {
            client.send(speech.stream(BIG));

            var ended = fixture.ended("tokens=6000");

            assertThat(ended.end()).isEqualTo(dev.ebbgate.sim.End.PEER_CLOSED);
            fixture.settled();
            assertThat(fixture.entries())
                    .singleElement()
                    .extracting(entry -> entry.outcome())
                    .isInstanceOfSatisfying(
                            Outcome.Cancelled.class,
                            stalled -> {
                                assertThat(stalled.reason()).isEqualTo(CancelReason.CLIENT_STALLED);
                                Expiry limit = Objects.requireNonNull(stalled.expiry());
                                assertThat(limit.limit()).isEqualTo("client-stall");
                                assertThat(limit.value()).isEqualTo(Span.ofMillis(500));
                                assertThat(limit.source()).isEqualTo("limits.client-stall");
                                assertThat(limit.elapsedNanos())
                                        .isBetween(500_000_000L, 5_000_000_000L);
                            });
            assertThat(client.read().end()).as("with nothing to linger for").isEqualTo(End.RESET);
        }
    }

    @ParameterizedTest
    @EnumSource
    void readerThatNeverReadsAWholeAnswer_isDroppedAfterClientStall(Speech speech) {
        try (GatewayFixture fixture =
                        GatewayFixture.with(LIMITS + "limits: {client-stall: 500ms}\n");
                RawClient client = new RawClient(fixture.port(), RECEIVE_BUFFER)) {
            client.send(speech.whole(WHOLE));
            fixture.ended("token-bytes=24MiB");

            fixture.settled();

            assertThat(fixture.entries())
                    .extracting(entry -> entry.outcome())
                    .containsExactly(new Outcome.Completed(false));
            assertThat(client.read().end()).isEqualTo(End.RESET);
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("N5 who reads slowly, but reads, gets a finished answer to its end")
    void steadyReaderOfAWholeAnswer_isNotDropped(Speech speech) {
        try (GatewayFixture fixture = GatewayFixture.with(LIMITS + "limits: {client-stall: 3s}\n");
                RawClient client = new RawClient(fixture.port(), RECEIVE_BUFFER)) {
            Ask ask = speech.whole(WHOLE);
            Buffer expected = fixture.direct(ask).body();
            client.send(ask);
            long start = System.nanoTime();

            Reply reply = client.readSlowly(PACE_BYTES, LOOK_NANOS);

            assertThat(System.nanoTime() - start).isGreaterThan(STALL_NANOS);
            assertThat(reply.end()).isEqualTo(End.WHOLE);
            assertThat(reply.body().equals(expected)).as("every byte is the same").isTrue();
        }
    }

    @Test
    @DisplayName("N5 who reads slowly, but reads, gets a stream to its end")
    void steadyReaderOfAStream_isNotDropped() {
        try (GatewayFixture fixture = GatewayFixture.with(LIMITS + "limits: {client-stall: 3s}\n");
                RawClient client = new RawClient(fixture.port(), RECEIVE_BUFFER)) {
            Ask ask = Speech.OPENAI.stream(ONE_BIG_EVENT);
            Buffer expected = fixture.direct(ask).body();
            client.send(ask);
            long start = System.nanoTime();

            Reply reply = client.readSlowly(PACE_BYTES / 2, LOOK_NANOS);

            assertThat(System.nanoTime() - start).isGreaterThan(STALL_NANOS);
            assertThat(reply.end()).isEqualTo(End.WHOLE);
            assertThat(tail(reply.body())).as("the last bytes").isEqualTo(tail(expected));
        }
    }

    private static String tail(Buffer body) {
        return body.getString(Math.max(0, body.length() - 700), body.length());
    }

    /// Waits until the provider has not been able to send anything for so long; answers how much it
    /// had sent.
    private static long stuck(GatewayFixture fixture, long millis) {
        long sent = -1;
        long since = System.nanoTime();
        while (System.nanoTime() - since < TimeUnit.MILLISECONDS.toNanos(millis)) {
            LockSupport.parkNanos(LOOK_NANOS);
            long now =
                    fixture.simulator().journal().entries().stream()
                            .mapToLong(entry -> entry.bytesSent())
                            .sum();
            if (now != sent || now == 0) {
                sent = now;
                since = System.nanoTime();
            }
        }
        return sent;
    }
}
