package dev.ebbgate.gateway;

import static dev.ebbgate.sim.SimulatorOptions.defaults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ebbgate.core.exchange.CancelReason;
import dev.ebbgate.core.exchange.Outcome;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.Socket;
import java.util.concurrent.CompletableFuture;

/// Whoever stops waiting for a connection, its making ends too. Times are taken where the provider,
/// or the kernel, sees it.
@Isolated("the kernel's list of connections is read again and again")
class OpeningTest {

    private static final int ROUNDS = 5;
    private static final long MEDIAN_MILLIS = 50;
    private static final long WORST_MILLIS = 1_000; // a machine may be busy with other things

    private static final String PROVIDERS =
            """
              full: {dialect: openai, base-url: "http://127.0.0.1:FULL/v1", timeouts: {connect: WAIT}}
              tls: {dialect: openai, base-url: "https://127.0.0.1:MUTE/v1", timeouts: {connect: WAIT}}
              own-ca: {dialect: openai, base-url: "https://127.0.0.1:MUTE/v1", ca-file: "CA", timeouts: {connect: WAIT}}
              proxied: {dialect: openai, base-url: "https://provider.invalid/v1", proxy: "http://127.0.0.1:MUTE", timeouts: {connect: WAIT}}
              named-proxy: {dialect: openai, base-url: "https://provider.invalid/v1", proxy: "http://localhost:MUTE", timeouts: {connect: WAIT}}
              plain-proxied: {dialect: openai, base-url: "http://provider.invalid/v1", proxy: "http://127.0.0.1:FULL", timeouts: {connect: WAIT}}
            """;

    private static BlackHole full;
    private static BlackHole mute;

    /// Its `connect` fires soon.
    private static GatewayFixture hasty;

    /// Its `connect` never fires here.
    private static GatewayFixture patient;

    @BeforeAll
    static void start() {
        full = BlackHole.full();
        mute = BlackHole.mute();
        hasty = gateway("200ms");
        patient = gateway("1m");
    }

    private static GatewayFixture gateway(String connect) {
        String providers =
                PROVIDERS
                        .replace("WAIT", connect)
                        .replace("FULL", Integer.toString(full.port()))
                        .replace("MUTE", Integer.toString(mute.port()));
        return GatewayFixture.with("", providers, defaults().withTlsPort(0));
    }

    @AfterAll
    static void stop() {
        hasty.close();
        patient.close();
        full.close();
        mute.close();
    }

    private static Ask to(String provider) {
        return Speech.OPENAI.stream("rate=burst").at(provider);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls", "own-ca", "proxied", "named-proxy"})
    @DisplayName("P3 the client leaves in a handshake: the upstream closes within 50 ms")
    void clientLeavesInAHandshake_upstreamCloses(String provider) {
        Latencies latencies = new Latencies("leaves handshake, " + provider);
        for (int i = 0; i < ROUNDS; i++) {
            Socket visitor;
            long left;
            try (RawClient client = patient.client()) {
                client.send(to(provider));
                visitor = mute.visitor();
                left = System.nanoTime();
            }
            latencies.add(BlackHole.awaitLeaving(visitor) - left);
            cancelled();
        }
        latencies.check(MEDIAN_MILLIS, WORST_MILLIS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"full", "plain-proxied"})
    @DisplayName("P3 the client leaves before TCP stands: the kernel stops knocking within 50 ms")
    void clientLeavesBeforeTcpStands_knockingEnds(String provider) {
        assumeTrue(BlackHole.isVisible(), "no list of the kernel's connections here");
        Latencies latencies = new Latencies("leaves SYN, " + provider);
        for (int i = 0; i < ROUNDS; i++) {
            long left;
            try (RawClient client = patient.client()) {
                client.send(to(provider));
                full.awaitKnock();
                left = System.nanoTime();
            }
            latencies.add(full.awaitSilence() - left);
            cancelled();
        }
        latencies.check(MEDIAN_MILLIS, WORST_MILLIS);
    }

    private static void cancelled() {
        patient.settled();
        assertThat(patient.entries())
                .extracting(entry -> entry.outcome())
                .containsExactly(new Outcome.Cancelled(CancelReason.CLIENT_GONE));
        patient.entries().clear();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls", "own-ca", "proxied", "named-proxy"})
    @DisplayName("P3 `connect` fires in a handshake: the upstream closes within 50 ms")
    void connectFiresInAHandshake_upstreamCloses(String provider) {
        Latencies latencies = new Latencies("connect handshake, " + provider);
        for (int i = 0; i < ROUNDS; i++) {
            CompletableFuture<Long> closed =
                    CompletableFuture.supplyAsync(() -> BlackHole.awaitLeaving(mute.visitor()));

            Reply reply = hasty.call(to(provider));

            long told = System.nanoTime();
            assertThat(reply.status()).isEqualTo(504);
            latencies.add(Math.max(0, GatewayFixture.wait(closed) - told));
        }
        latencies.check(MEDIAN_MILLIS, WORST_MILLIS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"full", "plain-proxied"})
    @DisplayName("P3 `connect` fires before TCP stands: the kernel stops knocking within 50 ms")
    void connectFiresBeforeTcpStands_knockingEnds(String provider) {
        assumeTrue(BlackHole.isVisible(), "no list of the kernel's connections here");
        Latencies latencies = new Latencies("connect SYN, " + provider);
        for (int i = 0; i < ROUNDS; i++) {
            CompletableFuture<Long> closed =
                    CompletableFuture.supplyAsync(() -> {
                        full.awaitKnock();
                        return full.awaitSilence();
                    });

            Reply reply = hasty.call(to(provider));

            long told = System.nanoTime();
            assertThat(reply.status()).isEqualTo(504);
            latencies.add(Math.max(0, GatewayFixture.wait(closed) - told));
        }
        latencies.check(MEDIAN_MILLIS, WORST_MILLIS);
    }

    @Test
    @DisplayName("One of two leaves: the other's handshake goes on")
    void oneOfTwoLeaves_otherGoesOn() {
        Socket kept;
        try (RawClient staying = patient.client()) {
            staying.send(to("tls"));
            kept = mute.visitor();
            Socket left;
            try (RawClient leaving = patient.client()) {
                leaving.send(to("tls"));
                left = mute.visitor();
            }

            BlackHole.awaitLeaving(left);

            assertThat(BlackHole.isStill(kept)).isTrue();
        }
        BlackHole.awaitLeaving(kept);
        patient.settled();
        patient.entries().clear();
    }
}
