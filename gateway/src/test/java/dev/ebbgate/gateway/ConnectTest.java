package dev.ebbgate.gateway;

import static dev.ebbgate.sim.SimulatorOptions.defaults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// What happens before a provider can be asked.
class ConnectTest {

    private static final String PROVIDERS =
            """
              refused: {dialect: openai, base-url: "http://127.0.0.1:REFUSED/v1"}
              unknown: {dialect: openai, base-url: "http://nobody.invalid/v1"}
              full: {dialect: openai, base-url: "http://127.0.0.1:FULL/v1", timeouts: {connect: 400ms}}
              mute: {dialect: openai, base-url: "https://127.0.0.1:MUTE/v1", timeouts: {connect: 400ms}}
              trusted: {dialect: openai, base-url: "TLS/v1", ca-file: "CA"}
              untrusted: {dialect: openai, base-url: "TLS/v1"}
            """;

    private static BlackHole full;
    private static BlackHole mute;
    private static GatewayFixture fixture;

    @BeforeAll
    static void start() throws IOException {
        InetAddress here = InetAddress.getLoopbackAddress();
        full = BlackHole.full();
        mute = BlackHole.mute();
        String refused;
        try (ServerSocket closed = new ServerSocket(0, 1, here)) {
            refused = Integer.toString(closed.getLocalPort());
        }
        String providers =
                PROVIDERS
                        .replace("REFUSED", refused)
                        .replace("FULL", Integer.toString(full.port()))
                        .replace("MUTE", Integer.toString(mute.port()));
        fixture = GatewayFixture.with("", providers, defaults().withTlsPort(0));
    }

    @AfterAll
    static void stop() {
        fixture.close();
        full.close();
        mute.close();
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
        assertThat(reply.header("x-should-retry")).isEqualTo("false");
        assertThat(error.get("ebbgate").get("attempts")).hasSize(2);
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
}
