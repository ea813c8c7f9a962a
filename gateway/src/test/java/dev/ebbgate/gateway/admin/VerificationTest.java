package dev.ebbgate.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;

import dev.ebbgate.core.config.Provider;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.overlay.Overlay;
import dev.ebbgate.core.setting.Sourced;
import dev.ebbgate.gateway.admin.Finding.Kind;
import dev.ebbgate.gateway.admin.Verification.Patiently;
import dev.ebbgate.gateway.config.Layered;
import dev.ebbgate.gateway.config.Layering;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A provider that cannot be used, and what its operator is told of it.
class VerificationTest {

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answers(String path, int status, String body) {
        server.createContext(
                path,
                exchange -> {
                    byte[] bytes = body.getBytes(UTF_8);
                    exchange.sendResponseHeaders(status, bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
    }

    private String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private static Provider provider(String baseUrl) {
        String yaml =
                """
                providers:
                  p: {dialect: openai, base-url: "%s", api-key: k}
                routes:
                  r: {targets: ["p/m"]}
                """
                        .formatted(baseUrl);
        return switch (Layering.load("test", yaml, Map.of(), Overlay.EMPTY)) {
            case Layering.Together(Layered layered) ->
                    Objects.requireNonNull(layered.config().providers().get("p"));
            case Layering.Bad(var problems) -> throw new AssertionError(problems);
        };
    }

    private Finding ask() {
        return Verification.of(provider("http://" + host() + "/v1"), "m", Patiently.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource({
        "401, CREDENTIALS",
        "403, CREDENTIALS",
        "429, RATE_LIMIT",
        "500, UPSTREAM_HEALTH",
        "503, UPSTREAM_HEALTH",
        "400, SHAPE",
    })
    void status_isExplainedByItsKind(int status, Kind kind) {
        answers("/", status, "{}");

        Finding finding = ask();

        assertThat(finding.kind()).isEqualTo(kind);
        assertThat(finding.message()).contains(String.valueOf(status));
        assertThat(finding.next()).isNotBlank();
    }

    @Test
    void answerOfTheDialect_isOk_andAWebPageIsNot() {
        answers("/v1/chat/completions", 200, "{\"choices\": [{}]}");
        answers("/empty/chat/completions", 200, "{\"choices\": []}");
        answers("/page/chat/completions", 200, "<html>");

        Finding good = ask();
        Finding page =
                Verification.of(provider("http://" + host() + "/page"), "m", Patiently.DEFAULT);

        assertThat(good.kind()).isEqualTo(Kind.OK);
        Finding empty =
                Verification.of(provider("http://" + host() + "/empty"), "m", Patiently.DEFAULT);
        assertThat(page.kind()).isEqualTo(Kind.SHAPE);
        assertThat(empty.kind()).isEqualTo(Kind.SHAPE);
    }

    @Test
    void pathWithoutVersion_isAnsweredWithTheOneThatIsMeant() {
        Finding finding = Verification.of(provider("http://" + host()), "m", Patiently.DEFAULT);

        assertThat(finding.kind()).isEqualTo(Kind.PATH);
        assertThat(finding.next()).isEqualTo("did you mean http://" + host() + "/v1?");
    }

    @Test
    void unknownModel_isToldFromAWrongPath() {
        answers("/v1/chat/completions", 404, "{\"error\": {\"message\": \"no such model\"}}");

        assertThat(ask().kind()).isEqualTo(Kind.MODEL);
    }

    @Test
    void serverWithoutTls_isToldAsTls() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answerPlainly(plain));

            Finding finding =
                    Verification.of(
                            provider("https://127.0.0.1:" + plain.getLocalPort()),
                            "m",
                            Patiently.DEFAULT);

            assertThat(finding.kind()).isEqualTo(Kind.TLS);
            assertThat(finding.next()).contains("http://");
        }
    }

    private static void answerPlainly(ServerSocket plain) {
        try (Socket socket = plain.accept()) {
            int hello = socket.getInputStream().read(new byte[4_096]);
            assertThat(hello).isPositive();
            socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8));
            // Closed with bytes unread, the connection would be reset, and the answer lost with it.
            socket.shutdownOutput();
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void peerThatHangsUpInTheHandshake_isToldAsTls() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> hangUp(mute));

            Finding finding =
                    Verification.of(
                            provider("https://127.0.0.1:" + mute.getLocalPort()),
                            "m",
                            Patiently.DEFAULT);

            assertThat(finding.kind()).isEqualTo(Kind.TLS);
            assertThat(finding.next()).contains("http://");
        }
    }

    private static void hangUp(ServerSocket mute) {
        try (Socket socket = mute.accept()) {
            assertThat(socket.getInputStream().read(new byte[4_096])).isPositive();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @DisplayName("P1 the wait for an answer can be set, and is told with its source")
    void silence_isToldWithTheLimitAndWhoSetIt() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Sourced<Span> brief = new Sourced<>(Span.ofMillis(200), "--timeout");

            Finding finding =
                    Verification.of(
                            provider("http://127.0.0.1:" + silent.getLocalPort()),
                            "m",
                            new Patiently(Patiently.DEFAULT.connect(), brief));

            assertThat(finding.kind()).isEqualTo(Kind.UPSTREAM_HEALTH);
            assertThat(finding.message()).contains("within 200ms (limit 200ms from --timeout)");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"id\":",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"id\"\r\n",
            })
    @DisplayName("P1 an answer that begins and does not end is waited for no longer")
    void answerThatDoesNotEnd_isGivenUpAndItsConnectionClosed(String beginning) throws Exception {
        try (ServerSocket slow = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var closed = CompletableFuture.supplyAsync(() -> beginAndWait(slow, beginning));
            Sourced<Span> brief = new Sourced<>(Span.ofMillis(300), "--timeout");

            Finding finding =
                    Verification.of(
                            provider("http://127.0.0.1:" + slow.getLocalPort()),
                            "m",
                            new Patiently(Patiently.DEFAULT.connect(), brief));

            assertThat(finding.message()).contains("no whole answer within 300ms");
            assertThat(closed.get(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static boolean beginAndWait(ServerSocket slow, String beginning) {
        try (Socket socket = slow.accept()) {
            socket.getOutputStream().write(beginning.getBytes(UTF_8));
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException _) {
            // reset is closed too
        }
        return true;
    }

    @Test
    @DisplayName("an answer without end costs bounded memory")
    void answerWithoutEnd_isCutOff() {
        server.createContext(
                "/v1/chat/completions",
                exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    byte[] much = new byte[1024 * 1024];
                    try (OutputStream out = exchange.getResponseBody()) {
                        for (int i = 0; i < 4_000; i++) {
                            out.write(much);
                        }
                    }
                });

        Finding finding = ask();

        assertThat(finding.kind()).isEqualTo(Kind.SHAPE);
        assertThat(finding.message()).contains("longer than 4MiB");
    }

    @ParameterizedTest
    @CsvSource({
        "'SSH-2.0-OpenSSH\r\n', TLS, is not HTTP",
        "'', UPSTREAM_HEALTH, hung up without an answer",
    })
    void peerThatIsNoHttpServer_isTold(String greeting, Kind kind, String message)
            throws Exception {
        try (ServerSocket odd = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> greet(odd, greeting));

            Finding finding =
                    Verification.of(
                            provider("http://127.0.0.1:" + odd.getLocalPort()),
                            "m",
                            Patiently.DEFAULT);

            assertThat(finding.kind()).isEqualTo(kind);
            assertThat(finding.message()).contains(message);
        }
    }

    private static void greet(ServerSocket odd, String greeting) {
        try (Socket socket = odd.accept()) {
            assertThat(socket.getInputStream().read(new byte[4_096])).isPositive();
            socket.getOutputStream().write(greeting.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void nameThatNobodyKnows_isToldAsConnectivity() {
        Finding finding = Verification.of(provider("http://no.invalid/v1"), "m", Patiently.DEFAULT);

        assertThat(finding.kind()).isEqualTo(Kind.CONNECTIVITY);
        assertThat(finding.message()).contains("the host's name is not known");
    }

    @Test
    void redirect_isToldWithItsAddress() {
        server.createContext(
                "/v1/chat/completions",
                exchange -> {
                    exchange.getResponseHeaders().set("location", "http://elsewhere.test/v1?k=s");
                    exchange.sendResponseHeaders(301, -1);
                    exchange.close();
                });

        Finding finding = ask();

        assertThat(finding.kind()).isEqualTo(Kind.PATH);
        assertThat(finding.message()).endsWith("sends to http://elsewhere.test/v1");
    }

    @Test
    void nobodyThere_isToldAsConnectivity() {
        server.stop(0);

        Finding finding = ask();

        assertThat(finding.kind()).isEqualTo(Kind.CONNECTIVITY);
        assertThat(finding.message()).contains(host());
    }
}
