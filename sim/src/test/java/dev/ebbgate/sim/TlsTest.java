package dev.ebbgate.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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

    @Test
    void clientThatTrustsTheFile_isAnsweredOverTls() throws Exception {
        Path ca;
        try (Simulator simulator =
                Simulator.start(SimulatorOptions.defaults().withTlsPort(0).withEventLoops(2))) {
            ca = simulator.caFile().orElseThrow();
            try (HttpClient client = HttpClient.newBuilder().sslContext(trusting(ca)).build()) {
                HttpResponse<String> response =
                        client.send(
                                HttpRequest.newBuilder(
                                                URI.create(
                                                        simulator.tlsUrl().orElseThrow()
                                                                + "/v1/messages"))
                                        .POST(
                                                HttpRequest.BodyPublishers.ofString(
                                                        RawPeer.request("sim:burst", true)))
                                        .build(),
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
