package dev.ebbgate.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

class TlsTest {

    @ParameterizedTest
    @ValueSource(strings = {"sim:reset-accept", "sim:reset;tokens=3"})
    @DisplayName("C3 a reset over HTTP/2 is RST_STREAM(INTERNAL_ERROR)")
    void resetOverHttp2_isThatOfOneStream(String model) throws Exception {
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().withTlsPort(0));
                HttpClient client =
                        HttpClient.newBuilder()
                                .sslContext(trusting(simulator.caFile().orElseThrow()))
                                .build()) {
            HttpResponse<String> before =
                    client.send(
                            request(simulator, "sim:burst"), HttpResponse.BodyHandlers.ofString());

            assertThatIOException()
                    .isThrownBy(() ->
                            client.send(
                                    request(simulator, model),
                                    HttpResponse.BodyHandlers.ofString()))
                    .withMessageContaining("RST_STREAM")
                    .withMessageContaining("Internal error");
            assertThat(before.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(
                            client.send(
                                            request(simulator, "sim:burst"),
                                            HttpResponse.BodyHandlers.ofString())
                                    .body())
                    .contains("event: message_stop");
        }
    }

    private static HttpRequest request(Simulator simulator, String model) {
        return HttpRequest.newBuilder(URI.create(simulator.tlsUrl().orElseThrow() + "/v1/messages"))
                .POST(HttpRequest.BodyPublishers.ofString(RawPeer.request(model, true)))
                .build();
    }

    @Test
    void clientThatTrustsTheFile_isAnsweredOverTls() throws Exception {
        Path ca;
        try (Simulator simulator =
                Simulator.start(SimulatorOptions.defaults().withTlsPort(0).withEventLoops(2))) {
            ca = simulator.caFile().orElseThrow();
            try (HttpClient client = HttpClient.newBuilder().sslContext(trusting(ca)).build()) {
                HttpResponse<String> response =
                        client.send(
                                request(simulator, "sim:burst"),
                                HttpResponse.BodyHandlers.ofString());

                assertThat(response.body()).contains("event: message_stop");
            }
        }
        assertThat(ca).doesNotExist();
    }

    private static SSLContext trusting(Path ca) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream pem = Files.newInputStream(ca)) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }
}
