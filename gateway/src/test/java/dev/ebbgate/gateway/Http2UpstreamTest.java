package dev.ebbgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.sim.End;
import dev.ebbgate.sim.JournalEntry;
import dev.ebbgate.sim.SimulatorOptions;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// Providers that are asked over HTTP/2: by ALPN, and by prior knowledge.
@Order(4)
class Http2UpstreamTest {

    private static final String PROVIDERS =
            """
              tls-auto: {dialect: openai, base-url: "TLS/v1", ca-file: "CA"}
              tls-1.1: {dialect: openai, base-url: "TLS/v1", ca-file: "CA", http-version: 1.1}
              tls-2: {dialect: openai, base-url: "TLS/v1", ca-file: "CA", http-version: 2}
              plain-auto: {dialect: openai, base-url: "SIM/v1"}
              plain-2: {dialect: openai, base-url: "SIM/v1", http-version: 2}
            """;

    private static final String ROUTES =
            """
            routes:
              next: {targets: ["tls-auto/sim:reset-accept", "tls-2/sim:burst;seed=9"], failover: {retries: 0}}
            """;

    /// More than the simulator allows on one connection, and more than we put there.
    private static final int MANY = 130;

    private static final Duration CONNECT = Duration.ofMillis(400);

    private static GatewayFixture fixture;

    @BeforeAll
    static void start() {
        fixture =
                GatewayFixture.with(
                        "timeouts: {connect: 2s, first-token: 10s}\n" + ROUTES,
                        PROVIDERS,
                        SimulatorOptions.defaults().withTlsPort(0));
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    private static Ask to(String provider, String script) {
        return Speech.OPENAI.stream(script).at(provider);
    }

    private static List<JournalEntry> of(String script) {
        return fixture.simulator().journal().entries().stream()
                .filter(entry -> entry.received().model().endsWith(script))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "tls-auto, HTTP_2",
        "tls-1.1, HTTP_1_1",
        "tls-2, HTTP_2",
        "plain-auto, HTTP_1_1",
        "plain-2, HTTP_2",
    })
    void version_isAsConfigured(String provider, String protocol) {
        String script = "tokens=3;rate=burst;seed=" + provider.hashCode();
        Ask ask = to(provider, script).header("X-Title", "Upper Case");

        Reply reply = fixture.call(ask);

        assertThat(reply.text()).isEqualTo(fixture.direct(ask).text());
        JournalEntry seen = of(script).getFirst();
        assertThat(seen.received().protocol()).isEqualTo(protocol);
        assertThat(seen.received().header("x-title")).isEqualTo("Upper Case");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls-auto", "plain-2"})
    @DisplayName("C3 RST_STREAM(INTERNAL_ERROR) before the head is a fast failure")
    void resetBeforeTheHead_isABadGateway(String provider) {
        long before = System.nanoTime();

        Reply reply = fixture.call(to(provider, "reset-accept"));

        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.json().get("error").get("code").asText()).isEqualTo("reset");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(4));
    }

    @Test
    @DisplayName("C2 C3 RST_STREAM(INTERNAL_ERROR) over TLS is answered by the next target")
    void resetOverTls_isAnsweredByTheNextTarget() {
        Reply reply = fixture.call(new Ask(Speech.OPENAI, "next", true, ""));

        assertThat(reply.text()).isEqualTo(fixture.direct(to("any", "burst;seed=9")).text());
        assertThat(reply.header("x-ebbgate-attempts")).isEqualTo("2");
        assertThat(of("burst;seed=9").getFirst().received().protocol()).isEqualTo("HTTP_2");
        assertThat(of("reset-accept").getLast().received().protocol()).isEqualTo("HTTP_2");
    }

    @Test
    @DisplayName("C3 RST_STREAM on a used connection is no stale connection: it is asked once more")
    void resetOnAUsedConnection_isAskedOnceMore() {
        String script = "reset-accept;seed=77";
        try (RawClient client = fixture.client()) {
            client.send(to("plain-2", "burst"));
            client.read();

            client.send(to("plain-2", script));
            Reply reply = client.read();

            assertThat(reply.json().get("error").get("code").asText()).isEqualTo("reset");
            assertThat(of(script)).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls-auto", "plain-2"})
    @DisplayName(
            "C3 P3 RST_STREAM(INTERNAL_ERROR) mid-stream ends its own stream with a frame only")
    void resetMidStream_endsItsStreamOnly(String provider) throws Exception {
        Ask stays = to(provider, "tokens=10;rate=20;seed=" + provider.length());
        try (RawClient staying = fixture.client()) {
            staying.send(stays);
            fixture.seen(stays.direct().model());

            Reply broken = fixture.call(to(provider, "reset;tokens=3"));

            assertThat(broken.text()).contains("\"code\":\"reset\"").doesNotContain("[DONE]");
            assertThat(staying.read().text()).isEqualTo(fixture.direct(stays).text());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls-auto", "plain-2"})
    @DisplayName("P3 a client that leaves cancels its own stream and no other")
    void clientThatLeaves_cancelsItsStreamOnly(String provider) throws Exception {
        String left = "hang-preamble;seed=" + (100 + provider.length());
        Ask stays = to(provider, "prefill=300ms;tokens=10;rate=20;seed=" + provider.length());
        try (RawClient staying = fixture.client()) {
            staying.send(stays);
            try (RawClient leaving = fixture.client()) {
                leaving.send(to(provider, left));
                fixture.seen(left);
            }

            JournalEntry cancelled = fixture.ended(left);

            assertThat(cancelled.end()).isEqualTo(End.PEER_CLOSED);
            assertThat(staying.read().text()).isEqualTo(fixture.direct(stays).text());
        }
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "false, 2"})
    @DisplayName("P1 a connection on which not even pings are answered gets no new calls")
    void connectionOfAnAbandonedCall_isKeptIfItLives(boolean answersPings, int connections)
            throws Exception {
        try (SilentHttp2Provider silent = new SilentHttp2Provider(answersPings);
                GatewayFixture gateway = silentGateway(silent);
                RawClient client = gateway.client()) { // one, as each event loop has its own pool
            Ask ask = Speech.OPENAI.stream("x").at("silent");
            client.send(ask);
            Reply first = client.read();
            LockSupport.parkNanos(2 * CONNECT.toNanos());

            client.send(ask);
            Reply second = client.read();

            assertThat(List.of(first.status(), second.status())).containsOnly(504);
            assertThat(silent.connections()).isEqualTo(connections);
        }
    }

    private static GatewayFixture silentGateway(SilentHttp2Provider silent) {
        String provider =
                """
                  silent: {dialect: openai, base-url: "http://127.0.0.1:%d/v1", http-version: 2, timeouts: {connect: %dms, first-token: 300ms}}
                """
                        .formatted(silent.port(), CONNECT.toMillis());
        return GatewayFixture.with("", provider, SimulatorOptions.defaults());
    }

    @Test
    @DisplayName("P1 a provider that takes no more streams makes nobody wait")
    void moreStreamsThanOneConnectionTakes_openAnother() throws Exception {
        List<RawClient> waiting = new ArrayList<>();
        try {
            fixture.call(to("plain-2", "burst"));
            for (int i = 0; i < MANY; i++) {
                RawClient client = fixture.client();
                waiting.add(client);
                client.send(to("plain-2", "hang-preamble;seed=" + (1000 + i)));
            }
            for (int i = 0; i < MANY; i++) {
                fixture.seen("hang-preamble;seed=" + (1000 + i));
            }

            Reply reply = fixture.call(to("plain-2", "burst"));

            assertThat(reply.events().getLast()).startsWith(Speech.OPENAI.terminal());
        } finally {
            waiting.forEach(RawClient::close);
        }
    }

    @Test
    @DisplayName("O1 a stream that nobody reads holds up no other on its connection")
    void streamThatNobodyReads_holdsUpNoOther() throws Exception {
        try (RawClient slow = new RawClient(fixture.port(), 32 * 1024)) {
            String big = "tokens=6000;token-bytes=8KiB;rate=100000";
            slow.send(to("plain-2", big));
            fixture.seen(big);

            Ask quick = to("plain-2", "tokens=200;token-bytes=8KiB;rate=burst");
            Reply reply = fixture.call(quick);

            assertThat(reply.body().length()).isEqualTo(fixture.direct(quick).body().length());
            assertThat(fixture.simulator().journal().open()).isPositive();
        }
    }
}
