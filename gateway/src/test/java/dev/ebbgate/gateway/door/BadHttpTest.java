package dev.ebbgate.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.config.Dialect;
import dev.ebbgate.gateway.site.Leaks;
import dev.ebbgate.gateway.site.RawAnswer;
import dev.ebbgate.gateway.site.RawClient;
import dev.ebbgate.gateway.site.Site;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Random;

/// Bytes that are no HTTP, or HTTP that means harm.
class BadHttpTest {

    private static final String CHAT = "/v1/chat/completions";
    private static final String GOOD = "{\"model\":\"coder\"}";

    private static Site site;

    @BeforeAll
    static void open() {
        site =
                Site.open(
                        Site.PROVIDERS
                                + """
                                limits: {header: 4KiB, request-body: 64KiB}
                                routes: {coder: {targets: ["sim/sim:rate=burst"]}}
                                """);
    }

    @AfterEach
    void settle() {
        site.settle();
    }

    @AfterAll
    static void close() {
        site.close();
    }

    static List<String> noHttp() {
        return List.of(
                "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003 a TLS hello\r\n\r\n",
                "hello\r\n\r\n",
                "GET\r\n\r\n",
                "GET /health\r\n\r\n",
                "GET /health HTTP/9\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nno colon\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: b\0c\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nX-\0: b\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost : 127.0.0.1\r\n\r\n");
    }

    @ParameterizedTest
    @MethodSource("noHttp")
    void noHttp_isAnsweredAndClosed(String bytes) {
        try (RawClient client = site.client()) {
            RawAnswer answer = client.send(bytes).answer();

            refused(answer, 400, "bad_request");
            assertThat(client.isClosed()).isTrue();
        }
    }

    private static void refused(RawAnswer answer, int status, String code) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.error().dialect()).isEqualTo(Dialect.OPENAI);
        assertThat(answer.error().code()).isEqualTo(code);
    }

    @Test
    void requestWithoutHost_is400() {
        RawAnswer answer = site.exchange("GET /v1/models HTTP/1.1\r\n\r\n");

        refused(answer, 400, "bad_request");
        assertThat(answer.error().message()).contains("Host");
    }

    @Test
    void randomBytes_neverStopTheGateway() {
        Random random = new Random(11);
        for (int i = 0; i < 50; i++) {
            byte[] garbage = new byte[3_000];
            random.nextBytes(garbage);
            try (RawClient client = site.client()) {
                client.send(garbage).finish();
            }
        }

        assertThat(site.post(CHAT, GOOD).status()).isEqualTo(200);
    }

    @Test
    void headerTooLarge_is431() {
        String header = "X-Long: " + "x".repeat(5_000);

        RawAnswer answer = site.get("/health", header);

        refused(answer, 431, "header_too_large");
        assertThat(answer.error().ebbgate("limit")).isEqualTo("header");
        assertThat(answer.error().ebbgate("value")).isEqualTo("4KiB");
        assertThat(answer.error().ebbgate("source")).isEqualTo("limits.header");
    }

    @Test
    void manyHeaders_are431() {
        String[] headers = new String[400];
        for (int i = 0; i < headers.length; i++) {
            headers[i] = "X-" + i + ": 0123456789";
        }

        refused(site.get("/health", headers), 431, "header_too_large");
    }

    @Test
    void pathTooLong_is431() {
        refused(site.get("/" + "x".repeat(5_000)), 431, "header_too_large");
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Length: -1,                    400, bad_request",
        "Content-Length: 0x10,                  400, bad_request",
        "Content-Length: 99999999999999999999,  400, bad_request",
        "'Content-Length: 1, 2',                400, bad_request",
        "Content-Length: 9000000000000000000,   413, request_too_large",
        "Content-Length: 65537,                 413, request_too_large",
    })
    void contentLength_isNeverTakenOnTrust(String header, int status, String code) {
        RawAnswer answer = site.exchange(RawClient.head("POST", CHAT, header) + "\r\n");

        refused(answer, status, code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 17\r\nContent-Length: 3",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: identity, chunked\r\nContent-Length: 5",
                "Transfer-Encoding : chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 5",
                "Content-Length: 5\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding:\u000bchunked"
            })
    void doubtfulFraming_neverLeavesASecondRequestBehind(String framing) {
        String smuggled = "0\r\n\r\nGET /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
        try (RawClient client = site.client()) {
            client.send(RawClient.head("POST", CHAT, framing) + "\r\n" + smuggled);

            RawAnswer answer = client.answer();

            refused(answer, 400, "bad_request");
            assertThat(client.isClosed()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\nabc\r\n", "2\r\n{}XX", "2\n{}\n0\n\n", "0\r\nx: LONG\r\n\r\n"})
    void chunksThatAreNone_areRefusedAndClosed(String chunks) {
        String framing = "Transfer-Encoding: chunked";
        try (RawClient client = site.client()) {
            client.send(RawClient.head("POST", CHAT, framing) + "\r\n");
            client.send(chunks.replace("LONG", "a".repeat(10_000)));

            RawAnswer answer = client.answer();

            refused(answer, 400, "bad_request");
            assertThat(answer.error().message()).contains("framed");
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void http10_isAnsweredAndClosed() {
        try (RawClient client = site.client()) {
            client.send("POST " + CHAT + " HTTP/1.0\r\nContent-Length: 17\r\n\r\n" + GOOD);

            RawAnswer answer = client.answer();

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().path("object").asText()).isEqualTo("chat.completion");
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void http10Stream_endsWithTheConnection() {
        String body = "{\"model\":\"coder\",\"stream\":true}";
        try (RawClient client = site.client()) {
            client.send("POST " + CHAT + " HTTP/1.0\r\nContent-Length: 31\r\n\r\n" + body);

            RawAnswer answer = client.answer();

            assertThat(answer.headers()).doesNotContainKey("transfer-encoding");
            assertThat(answer.text()).startsWith("data: ").endsWith("data: [DONE]\n\n");
        }
    }

    @Test
    void pipelinedRequests_areAnsweredInOrder() {
        String two =
                RawClient.post(CHAT, GOOD)
                        + RawClient.post("/v1/messages", "{}")
                        + RawClient.head("GET", "/v1/models")
                        + "\r\n";
        try (RawClient client = site.client().send(two)) {
            assertThat(client.answer().json().path("object").asText()).isEqualTo("chat.completion");
            assertThat(client.answer().error().dialect()).isEqualTo(Dialect.ANTHROPIC);
            assertThat(client.answer().json().path("object").asText()).isEqualTo("list");
        }
    }

    @Test
    void expectContinue_isToldToGoOn() throws Exception {
        String head =
                RawClient.head("POST", CHAT, "Expect: 100-continue", "Content-Length: 17") + "\r\n";
        try (RawClient client = site.client().send(head)) {
            assertThat(client.line()).contains("100");
            assertThat(client.line()).isEmpty();

            assertThat(client.send(GOOD).answer().status()).isEqualTo(200);
        }
    }

    @Test
    void bodyDeclaredTooLong_isReadToItsEndAndRefused() {
        String body = "\"" + Leaks.PROMPT + "x".repeat(1_000_000) + "\"";
        try (RawClient client = site.client()) {
            RawAnswer answer = client.send(RawClient.post(CHAT, body)).answer();

            refused(answer, 413, "request_too_large");
            assertThat(answer.error().ebbgate("limit")).isEqualTo("request-body");
            assertThat(answer.error().ebbgate("value")).isEqualTo("64KiB");
            assertThat(answer.error().ebbgate("source")).isEqualTo("limits.request-body");
            assertThat(client.send(RawClient.post(CHAT, GOOD)).answer().status()).isEqualTo(200);
        }
    }

    @Test
    void chunkedBodyTooLong_isReadToItsEndAndRefused() {
        String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
        try (RawClient client = site.client()) {
            client.send(RawClient.head("POST", CHAT, "Transfer-Encoding: chunked") + "\r\n");
            RawAnswer answer = client.send(chunk.repeat(20) + "0\r\n\r\n").answer();

            refused(answer, 413, "request_too_large");
            assertThat(client.send(RawClient.post(CHAT, GOOD)).answer().status()).isEqualTo(200);
        }
    }
}
