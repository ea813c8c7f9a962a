package dev.ebbgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.exchange.NextLimit;
import dev.ebbgate.core.exchange.Outcome;
import dev.ebbgate.gateway.loop.InFlight;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/// A gateway that stops while a client does not read.
class UnreadEndTest {

    /// More than all buffers between the provider and a client that does not read.
    private static final String BIG = "tokens=6000;token-bytes=8KiB;rate=100000";

    private static final int RECEIVE_BUFFER = 32 * 1024;
    private static final long PATIENCE_NANOS = Duration.ofSeconds(20).toNanos();
    private static final long LOOK_NANOS = 5_000_000;

    private static List<InFlight> underWay(GatewayFixture fixture) {
        return GatewayFixture.wait(fixture.gateway().underWay().toCompletableFuture());
    }

    /// Waits until the limit that ends the only exchange is this one.
    private static NextLimit endedBy(GatewayFixture fixture, String limit) {
        long since = System.nanoTime();
        while (System.nanoTime() - since < PATIENCE_NANOS) {
            List<InFlight> seen = underWay(fixture);
            NextLimit next = seen.isEmpty() ? null : seen.getFirst().next();
            if (next != null && next.key().equals(limit)) {
                return next;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        throw new AssertionError("nothing is ended by " + limit);
    }

    private static Outcome.Cancelled only(GatewayFixture fixture) {
        assertThat(fixture.entries()).hasSize(1);
        return (Outcome.Cancelled) fixture.entries().element().outcome();
    }

    @Test
    void atTheEndOfADrain_theClientHasAfterFinish_andIsRecorded() {
        try (GatewayFixture fixture =
                        GatewayFixture.with("limits: {drain: 300ms, after-finish: 2s}\n");
                RawClient client = new RawClient(fixture.port(), RECEIVE_BUFFER)) {
            client.send(Speech.OPENAI.stream(BIG));
            endedBy(fixture, "client-stall");

            CompletableFuture<Void> drained = fixture.gateway().drain().toCompletableFuture();
            NextLimit next = endedBy(fixture, "after-finish");
            GatewayFixture.wait(drained);

            assertThat(next.value()).hasToString("2s");
            assertThat(next.source()).isEqualTo("limits.after-finish");
            assertThat(Objects.requireNonNull(only(fixture).expiry()).limit()).isEqualTo("drain");
        }
    }

    @Test
    void whereEverythingIsToEndNow_itIsRecordedAtOnce() {
        try (GatewayFixture fixture = GatewayFixture.with("");
                RawClient client = new RawClient(fixture.port(), RECEIVE_BUFFER)) {
            client.send(Speech.OPENAI.stream(BIG));
            endedBy(fixture, "client-stall");

            long since = System.nanoTime();
            GatewayFixture.wait(fixture.gateway().end().toCompletableFuture());

            assertThat(Duration.ofNanos(System.nanoTime() - since))
                    .isLessThan(Duration.ofSeconds(5));
            assertThat(only(fixture).expiry()).isNull();
        }
    }
}
