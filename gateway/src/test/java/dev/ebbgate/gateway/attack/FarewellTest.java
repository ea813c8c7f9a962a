package dev.ebbgate.gateway.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.gateway.site.RawAnswer;
import dev.ebbgate.gateway.site.Site;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/// A provider that says farewell in TLS, and leaves the connection beneath as it is.
class FarewellTest {

    private static final String PASSWORD = "loopback";
    private static final String CHAT = "/v1/chat/completions";
    private static final String TOKEN =
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hi\"}}]}\n\n";

    @TempDir private Path folder = Path.of("");

    private void keytool(String... arguments) throws Exception {
        String[] command = new String[arguments.length + 7];
        command[0] = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        String[] common = {"-alias", "p", "-keystore", "keys.p12", "-storepass", PASSWORD};
        System.arraycopy(common, 0, command, arguments.length + 1, common.length);
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("keytool.log").toFile())
                        .start();
        assertThat(process.waitFor()).isZero();
    }

    private SSLServerSocket listen() throws Exception {
        keytool(
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost");
        keytool("-exportcert", "-rfc", "-file", "ca.pem");
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("keys.p12"))) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return (SSLServerSocket)
                context.getServerSocketFactory()
                        .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @Test
    @DisplayName("N2 a farewell in mid-stream is an end, not silence")
    void farewellWithoutTheEndOfTheConnection_isAnEnd() throws Exception {
        CompletableFuture<Void> over = new CompletableFuture<>();
        String yaml =
                """
                providers:
                  p: {dialect: openai, base-url: "https://localhost:${PORT}/v1", ca-file: "${CA}"}
                """;
        try (SSLServerSocket server = listen()) {
            Thread.ofVirtual().start(() -> serve(server, over));
            Map<String, String> variables =
                    Map.of(
                            "PORT",
                            "" + server.getLocalPort(),
                            "CA",
                            folder.resolve("ca.pem").toString());
            try (Site site = Site.open(yaml, variables)) {
                long start = System.nanoTime();

                RawAnswer answer = site.post(CHAT, "{\"model\":\"p/m\",\"stream\":true}");

                assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start))
                        .isLessThan(20);
                assertThat(answer.text()).contains("hi", "upstream_error").doesNotContain("[DONE]");
                site.settle();
            } finally {
                over.complete(null);
            }
        }
    }

    /// Half closes each connection after a token, and closes none before the test is over.
    private static void serve(SSLServerSocket server, CompletableFuture<Void> over) {
        try (Socket socket = server.accept()) {
            String _ = BareProvider.request(socket);
            String head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";
            socket.getOutputStream().write((head + TOKEN).getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            over.join();
        } catch (IOException _) {
            // the gateway has closed it
        }
    }
}
