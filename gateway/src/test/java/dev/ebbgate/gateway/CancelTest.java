package dev.ebbgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.exchange.CancelReason;
import dev.ebbgate.core.exchange.Outcome;
import dev.ebbgate.sim.End;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.concurrent.CompletableFuture;

/// Whoever stops waiting, the provider is told at once. Times are taken where the simulator sees
/// its peer close.
class CancelTest {

    private static final int ROUNDS = 5;
    private static final long MEDIAN_MILLIS = 50;
    private static final long WORST_MILLIS = 250;

    private static GatewayFixture fixture;
    private static int seed;

    @BeforeAll
    static void start() {
        fixture = GatewayFixture.with(GatewayFixture.SHORT.replace("600ms", "30s"));
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @ParameterizedTest
    @DisplayName("P3 the client leaves a stream: the upstream closes within 50 ms")
    @ValueSource(strings = {"hang-accept", "hang-headers", "hang-preamble", "keep-alive-only"})
    void clientLeavesBeforeTheFirstToken_upstreamCloses(String phase) {
        for (Speech speech : Speech.values()) {
            Latencies latencies = new Latencies(phase + " " + speech);
            for (int i = 0; i < ROUNDS; i++) {
                latencies.add(leave(speech.stream(next(phase)), ""));
            }
            latencies.check(MEDIAN_MILLIS, WORST_MILLIS);
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("P3 the client leaves after an early head")
    void clientLeavesAfterAnEarlyHead_upstreamCloses(Speech speech) {
        Latencies latencies = new Latencies("early head " + speech);
        for (int i = 0; i < ROUNDS; i++) {
            Ask ask = speech.stream(next("hang-accept")).at(speech.keptProvider());
            latencies.add(leave(ask, "200 OK"));
        }
        latencies.check(MEDIAN_MILLIS, WORST_MILLIS);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("P3 the client leaves in mid-stream")
    void clientLeavesMidStream_upstreamCloses(Speech speech) {
        Latencies latencies = new Latencies("mid-stream " + speech);
        for (int i = 0; i < ROUNDS; i++) {
            latencies.add(leave(speech.stream(next("tokens=100000;rate=200")), "delta"));
        }
        latencies.check(MEDIAN_MILLIS, WORST_MILLIS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hang-accept", "hang-headers", "prefill=1h"})
    @DisplayName("P3 the client of a buffered call leaves")
    void clientLeavesABufferedCall_upstreamCloses(String phase) {
        for (Speech speech : Speech.values()) {
            Latencies latencies = new Latencies("buffered " + phase + " " + speech);
            for (int i = 0; i < ROUNDS; i++) {
                latencies.add(leave(speech.whole(next(phase)), ""));
            }
            latencies.check(MEDIAN_MILLIS, WORST_MILLIS);
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("P3 a limit that fires closes the upstream")
    void limitThatFires_closesTheUpstream(Speech speech) {
        Latencies latencies = new Latencies("limit " + speech);
        int told = fixture.health().get("errors_inside_200").asInt();
        for (int i = 0; i < ROUNDS; i++) {
            String script = next("stall");
            CompletableFuture<Long> closed = closed(script);
            Reply reply = fixture.call(speech.stream(script));
            long read = System.nanoTime();
            latencies.add(Math.max(0, GatewayFixture.wait(closed) - read));
            assertThat(reply.events().getLast()).contains("stopped unexpectedly");
        }
        fixture.settled();
        assertThat(fixture.health().get("errors_inside_200").asInt()).isEqualTo(told + ROUNDS);
        latencies.check(MEDIAN_MILLIS, WORST_MILLIS);
    }

    private static String next(String phase) {
        return phase + ";seed=" + seed++;
    }

    /// When the simulator saw its peer close.
    private static CompletableFuture<Long> closed(String script) {
        return fixture.simulator()
                .journal()
                .awaitEnded(entry -> entry.received().model().endsWith(script))
                .thenApply(entry -> {
                    assertThat(entry.end()).isEqualTo(End.PEER_CLOSED);
                    return System.nanoTime();
                });
    }

    /// Asks, leaves once the call has reached the provider and this text the client, and answers
    /// how long the provider went on.
    private static long leave(Ask ask, String text) {
        String script = ask.model().substring(ask.model().indexOf(':') + 1);
        fixture.entries().clear();
        CompletableFuture<Long> closed = closed(script);
        long left;
        try (RawClient client = fixture.client()) {
            client.send(ask);
            fixture.seen(script);
            client.readUntil(text);
            left = System.nanoTime();
        }
        long nanos = GatewayFixture.wait(closed) - left;
        fixture.settled();
        assertThat(fixture.entries())
                .extracting(entry -> entry.outcome())
                .containsExactly(new Outcome.Cancelled(CancelReason.CLIENT_GONE));
        return nanos;
    }
}
