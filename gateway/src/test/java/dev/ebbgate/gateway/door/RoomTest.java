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
import org.junit.jupiter.params.provider.ValueSource;

/// The bounds on exchanges and on bytes of bodies.
class RoomTest {

    private static final String MESSAGES = "/v1/messages";
    private static final String GOOD = "{\"model\":\"opus\"}";

    private static Site site;

    @BeforeAll
    static void open() {
        site =
                Site.open(
                        Site.PROVIDERS
                                + """
                                limits: {exchanges: 1, request-body: 64KiB, buffered: 64KiB}
                                routes: {opus: {targets: ["claude/sim:rate=burst"]}}
                                """);
    }

    @AfterEach
    void settle() {
        site.settle();
        assertThat(site.post(MESSAGES, GOOD).status()).isEqualTo(200);
        site.settle(); // a place is given back just after the answer is read
    }

    @AfterAll
    static void close() {
        site.close();
    }

    private static void refused(RawAnswer answer, String limit, String value) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(503);
        assertThat(answer.error().dialect()).isEqualTo(Dialect.ANTHROPIC);
        assertThat(answer.error().type()).isEqualTo("overloaded_error");
        assertThat(answer.error().ebbgate("fault")).isEqualTo("gateway");
        assertThat(answer.error().ebbgate("limit")).isEqualTo(limit);
        assertThat(answer.error().ebbgate("value")).isEqualTo(value);
        assertThat(answer.error().ebbgate("source")).isEqualTo("limits." + limit);
        assertThat(answer.error().message())
                .endsWith(" in phase receive (limit " + value + " from limits." + limit + ")");
        assertThat(Integer.parseInt(answer.header("retry-after"))).isBetween(1, 60);
        assertThat(answer.header("x-should-retry")).isEqualTo("false");
    }

    @Test
    void oneExchangeTooMany_isToldWhenToComeBack() {
        String hanging = "{\"model\":\"claude/sim:stall\",\"stream\":true}";
        try (RawClient first = site.client()) {
            first.send(RawClient.post(MESSAGES, hanging));
            assertThat(statusLine(first)).contains("200");

            refused(site.post(MESSAGES, GOOD), "exchanges", "1");
            assertThat(site.get("/v1/models").status()).isEqualTo(200);
        }
    }

    private static String statusLine(RawClient client) {
        try {
            return client.line();
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void exchangeThatIsStillSending_takesAPlaceToo() {
        try (RawClient first = site.client()) {
            first.send(RawClient.head("POST", MESSAGES, "Content-Length: 9") + "\r\n");
            awaitInFlight(1);

            refused(site.post(MESSAGES, GOOD), "exchanges", "1");
        }
    }

    private static void awaitInFlight(int count) {
        int seen = -1;
        for (int i = 0; i < 1_000 && seen != count; i++) {
            seen = site.get("/health").json().path("in_flight").asInt();
        }
        assertThat(seen).isEqualTo(count);
    }

    @Test
    void clientThatLeavesWhileSending_leavesNothingBehind() {
        try (RawClient first = site.client()) {
            String part = RawClient.head("POST", MESSAGES, "Content-Length: 60000") + "\r\n";
            first.send(part + "x".repeat(30_000));
            awaitInFlight(1);
        }

        site.settle();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 30000", "Transfer-Encoding: chunked"})
    void bodyUnderWay_isHeldAndCountedOnce(String framing) {
        String body = padded("{\"model\":\"claude/sim:hang-accept\",\"stream\":true}");
        boolean chunked = framing.startsWith("Transfer");
        try (RawClient first = site.client()) {
            site.forget();
            first.send(RawClient.head("POST", MESSAGES, framing) + "\r\n");
            first.send(chunked ? "7530\r\n" + body + "\r\n0\r\n\r\n" : body);
            awaitAsked();

            assertThat(site.get("/health").json().path("buffered_bytes").asLong())
                    .isEqualTo(body.length());
        }
    }

    private static String padded(String body) {
        return " ".repeat(30_000 - body.length()) + body;
    }

    private static void awaitAsked() {
        long until = System.nanoTime() + 5_000_000_000L;
        while (site.journal().isEmpty() && System.nanoTime() - until < 0) {
            Thread.onSpinWait();
        }
        assertThat(site.journal()).hasSize(1);
    }

    @Test
    void answerWithoutRoom_isToldSo() {
        String large = "{\"model\":\"claude/sim:tokens=1;token-bytes=80KiB;rate=burst\"}";

        RawAnswer answer = site.post(MESSAGES, large);

        assertThat(answer.status()).as(answer.text()).isEqualTo(503);
        assertThat(answer.error().message()).contains("limits.buffered is reached");
        assertThat(answer.error().ebbgate("target")).startsWith("claude/");
    }
}
