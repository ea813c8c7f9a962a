package dev.ebbgate.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.config.Dialect;
import dev.ebbgate.gateway.site.RawAnswer;
import dev.ebbgate.gateway.site.RawClient;
import dev.ebbgate.gateway.site.Site;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.UncheckedIOException;
import java.util.concurrent.locks.LockSupport;

/// Requests that take for ever, one byte after the other.
class SlowRequestTest {

    private static final long DRIP_NANOS = 20_000_000;

    private static Site site;

    @BeforeAll
    static void open() {
        site = Site.open(Site.PROVIDERS + "limits: {request-read: 400ms, request-body: 64KiB}\n");
    }

    @AfterEach
    void settle() {
        site.settle();
    }

    @AfterAll
    static void close() {
        site.close();
    }

    /// Sends one byte after the other until the other side is gone.
    private static void drip(RawClient client) {
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        for (int i = 0; i < 1_000; i++) {
                            client.send("x");
                            LockSupport.parkNanos(DRIP_NANOS);
                        }
                    } catch (UncheckedIOException _) {
                        // it is
                    }
                });
    }

    @ParameterizedTest
    @CsvSource({
        "OPENAI,    'G'",
        "OPENAI,    'GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: '",
        "OPENAI,    'POST /v1/chat/completions HTTP/1.1\r\n'",
        "ANTHROPIC, 'POST /v1/messages HTTP/1.1\r\nHost: 127.0.0.1\r\n'",
    })
    void headThatNeverEnds_is408(Dialect dialect, String begun) {
        try (RawClient client = site.client()) {
            client.send(begun);
            drip(client);

            assertTooSlow(client.answer(), dialect);
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void secondHeadThatNeverEnds_is408() {
        try (RawClient client = site.client()) {
            client.send(RawClient.head("GET", "/ready") + "\r\n");
            assertThat(client.answer().status()).isEqualTo(200);
            client.send("POST /v1/messages HTTP/1.1\r\nX-Slow: ");
            drip(client);

            assertTooSlow(client.answer(), Dialect.ANTHROPIC);
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void headThatBeginsLate_hasItsTimeFromItsFirstByteOn() {
        try (Site patient = Site.open(Site.PROVIDERS + "limits: {request-read: 2s}\n");
                RawClient client = patient.client()) {
            for (int i = 0; i < 2; i++) { // the first head, and one on a connection that was used
                LockSupport.parkNanos(1_300_000_000);
                client.send("GET /ready HTTP/1.1\r\n");
                LockSupport.parkNanos(1_100_000_000);
                client.send("Host: 127.0.0.1\r\n\r\n");

                assertThat(client.answer().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void firstBytesOfHttp2ThatDoNotGoOn_areClosed() {
        try (RawClient client = site.client()) {
            client.send("PRI * HT");

            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void connectionWithoutARequest_isClosed() {
        try (RawClient client = site.client()) {
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void connectionKeptOpenBetweenRequests_isClosedAfterTheSameWait() {
        try (RawClient client = site.client()) {
            client.send(RawClient.head("GET", "/ready") + "\r\n");

            assertThat(client.answer().status()).isEqualTo(200);
            assertThat(client.isClosed()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 1000", "Transfer-Encoding: chunked"})
    void bodyThatNeverEnds_is408(String framing) {
        try (RawClient client = site.client()) {
            client.send(RawClient.head("POST", "/v1/messages", framing) + "\r\n");
            if (framing.startsWith("Transfer")) {
                client.send("3e8\r\n");
            }
            drip(client);

            RawAnswer answer = client.answer();

            assertTooSlow(answer, Dialect.ANTHROPIC);
            assertThat(client.isClosed()).isTrue();
        }
    }

    private static void assertTooSlow(RawAnswer answer, Dialect dialect) {
        assertThat(answer.status()).isEqualTo(408);
        assertThat(answer.header("connection")).isEqualTo("close");
        assertThat(answer.error().dialect()).isEqualTo(dialect);
        assertThat(answer.error().ebbgate("limit")).isEqualTo("request-read");
        assertThat(answer.error().ebbgate("value")).isEqualTo("400ms");
        assertThat(Integer.parseInt(answer.error().ebbgate("elapsed_ms")))
                .isGreaterThanOrEqualTo(400);
        assertThat(answer.error().message())
                .startsWith("the request was not complete after ")
                .endsWith(" in phase receive (limit 400ms from limits.request-read)");
        assertThat(answer.header("x-should-retry")).isEqualTo("false");
    }

    @Test
    void refusedBodyThatNeverEnds_isClosedAfterItsAnswer() {
        try (RawClient client = site.client()) {
            client.send(
                    RawClient.head("POST", "/v1/messages", "Content-Length: 99999999") + "\r\n");
            drip(client);

            assertThat(client.answer().status()).isEqualTo(413);
            assertThat(client.isClosed()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT"})
    void bodyThatNobodyWants_isNotReadForEver(String method) {
        try (RawClient client = site.client()) {
            client.send(RawClient.head(method, "/nowhere", "Content-Length: 9999") + "\r\n");
            drip(client);

            assertThat(client.answer().status()).isEqualTo(404);
            assertThat(client.isClosed()).isTrue();
        }
    }
}
