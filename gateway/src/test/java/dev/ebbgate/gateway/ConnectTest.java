package dev.ebbgate.gateway;

import static dev.ebbgate.sim.SimulatorOptions.defaults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.ebbgate.core.exchange.CancelReason;
import dev.ebbgate.core.exchange.Outcome;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/// What happens before a provider can be asked.
class ConnectTest {

    private static final int BACKLOG_FILLERS = 4;

    private static final String PROVIDERS =
            """
              refused: {dialect: openai, base-url: "http://127.0.0.1:REFUSED/v1"}
              unknown: {dialect: openai, base-url: "http://nobody.invalid/v1"}
              full: {dialect: openai, base-url: "http://127.0.0.1:FULL/v1", timeouts: {connect: 400ms}}
              mute: {dialect: openai, base-url: "https://127.0.0.1:MUTE/v1", timeouts: {connect: 400ms}}
              trusted: {dialect: openai, base-url: "TLS/v1", ca-file: "CA"}
              untrusted: {dialect: openai, base-url: "TLS/v1"}
            """;

    private static final List<Socket> fillers = new ArrayList<>();
    private static ServerSocket full;
    private static ServerSocket mute;
    private static GatewayFixture fixture;

    @BeforeAll
    static void start() throws IOException {
        InetAddress here = InetAddress.getLoopbackAddress();
        full = new ServerSocket(0, 1, here);
        mute = new ServerSocket(0, 50, here);
        fillBacklog(here);
        String refused;
        try (ServerSocket closed = new ServerSocket(0, 1, here)) {
            refused = Integer.toString(closed.getLocalPort());
        }
        String providers =
                PROVIDERS
                        .replace("REFUSED", refused)
                        .replace("FULL", Integer.toString(full.getLocalPort()))
                        .replace("MUTE", Integer.toString(mute.getLocalPort()));
        fixture = GatewayFixture.with("", providers, defaults().withTlsPort(0));
    }

    /// Nobody accepts: what does not fit into the queue gets no answer to its first packet.
    private static void fillBacklog(InetAddress here) throws IOException {
        for (int i = 0; i < BACKLOG_FILLERS; i++) {
            Socket filler = new Socket();
            fillers.add(filler);
            try {
                filler.connect(new InetSocketAddress(here, full.getLocalPort()), 100);
            } catch (SocketTimeoutException _) {
                return;
            }
        }
    }

    @AfterAll
    static void stop() throws IOException {
        fixture.close();
        full.close();
        mute.close();
        for (Socket filler : fillers) {
            filler.close();
        }
    }

    private static Ask to(String provider) {
        return Speech.OPENAI.stream("rate=burst").at(provider);
    }

    @ParameterizedTest
    @CsvSource({
        "refused, cannot connect to provider: connection refused",
        "unknown, cannot connect to provider: unknown host",
        "untrusted, cannot connect to provider: its TLS certificate is not trusted",
    })
    void noConnection_isABadGatewayThatSaysWhy(String provider, String why) {
        Reply reply = fixture.call(to(provider));

        JsonNode error = reply.json().get("error");
        assertThat(reply.status()).isEqualTo(502);
        assertThat(error.get("message").asText()).startsWith(why + " after ");
        assertThat(error.get("code").asText()).isEqualTo("connect");
        assertThat(error.get("ebbgate").get("phase").asText()).isEqualTo("connect");
        assertThat(error.get("ebbgate").get("fault").asText()).isEqualTo("provider");
        assertThat(reply.header("x-should-retry")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"full", "mute"})
    @DisplayName("P1 P3 a black hole ends at `connect`, wherever it swallows")
    void blackHole_endsAtConnect(String provider) {
        Reply reply = fixture.call(to(provider));

        JsonNode error = reply.json().get("error");
        JsonNode own = error.get("ebbgate");
        assertThat(reply.status()).isEqualTo(504);
        assertThat(error.get("message").asText())
                .startsWith("provider did not respond: no connection for ");
        assertThat(own.get("limit").asText()).isEqualTo("connect");
        assertThat(own.get("phase").asText()).isEqualTo("connect");
        assertThat(own.get("value").asText()).isEqualTo("400ms");
        assertThat(own.get("source").asText())
                .isEqualTo("providers." + provider + ".timeouts.connect");
        assertThat(own.get("elapsed_ms").asLong()).isBetween(400L, 1500L);
        assertThat(reply.header("x-should-retry")).isEqualTo("false");
    }

    @Test
    void trustedCertificate_isAccepted() {
        Reply reply = fixture.call(to("trusted"));

        assertThat(reply.events().getLast()).startsWith(Speech.OPENAI.terminal());
    }

    /// Nothing has been asked of the provider then. The library cannot be told to give up a
    /// connection in the making: it does so itself, 1 s after the longest `connect` there can be.
    @Test
    @DisplayName("P3 the client leaves while connecting: its place is free at once")
    void clientLeavesWhileConnecting_placeIsGivenBack() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                GatewayFixture own = GatewayFixture.with("", silent(server), defaults())) {
            RawClient client = own.client();
            client.send(to("silent"));
            Socket upstream = server.accept();
            client.close();

            own.settled();

            assertThat(own.entries())
                    .extracting(entry -> entry.outcome())
                    .containsExactly(new Outcome.Cancelled(CancelReason.CLIENT_GONE));
            upstream.close();
        }
    }

    private static String silent(ServerSocket server) {
        return "  silent: {dialect: openai, base-url: \"https://127.0.0.1:"
                + server.getLocalPort()
                + "/v1\", timeouts: {connect: 600ms}}\n";
    }
}
