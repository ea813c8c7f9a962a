package dev.ebbgate.gateway.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.gateway.site.Site;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// HTTP/2 as no library writes it.
class HarmfulHttp2Test {

    private static final String CHAT = "/v1/chat/completions";
    private static final String GOOD = "{\"model\":\"sim/sim:rate=burst\",\"stream\":true}";
    private static final String HANGING = "{\"model\":\"sim/sim:stall\",\"stream\":true}";
    private static final int POOLED = 4;

    private static Site site;

    @BeforeAll
    static void open() {
        site = Site.open(Site.PROVIDERS + "limits: {request-read: 500ms, request-body: 64KiB}\n");
    }

    @AfterEach
    void settle() {
        site.settle();
    }

    @AfterAll
    static void close() {
        site.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"?a b", "?a HTTP/1.1\r\nX-Evil: 1\r\nx:", "?a\0b", "?a\tb", "?a\u00ffb"})
    void queryThatCannotBeForwarded_isRefusedAndPoisonsNoConnection(String query) {
        try (BareHttp2 client = new BareHttp2(site.port())) {
            int bad = client.post(CHAT + query, GOOD, true);

            BareHttp2.Answer answer = client.answer(bad);

            assertThat(answer.reset() || answer.body().contains("must be percent-encoded"))
                    .as(answer.toString())
                    .isTrue();
        }
        for (int i = 0; i < POOLED; i++) {
            assertThat(site.post(CHAT, GOOD).text()).contains("data: [DONE]");
        }
    }

    @Test
    void bodyThatNeverEnds_isToldSoWithoutAConnectionHeader() {
        try (BareHttp2 client = new BareHttp2(site.port())) {
            int slow = client.post(CHAT, "{\"mod", false);

            BareHttp2.Answer answer = client.answer(slow);

            assertThat(answer.head()).contains("408").doesNotContain("connection");
            assertThat(answer.body()).contains("limits.request-read");
            assertThat(client.answer(client.post(CHAT, GOOD, true)).body()).contains("[DONE]");
        }
    }

    @Test
    void refusedBodyThatNeverEnds_costsItsStreamAndNoOther() {
        try (BareHttp2 client = new BareHttp2(site.port())) {
            int staying = client.post(CHAT, HANGING, true);
            client.await(staying, "data: ");
            int endless = client.post(CHAT, "{\"mod", false, "content-length", "999999999");

            BareHttp2.Answer refused = client.answer(endless);
            BareHttp2.Answer givenUp = refused.reset() ? refused : client.answer(endless);

            assertThat(refused.body()).contains("request_too_large");
            assertThat(givenUp.reset()).isTrue();
            assertThat(client.answer(client.post(CHAT, GOOD, true)).body()).contains("[DONE]");
            client.reset(staying);
        }
    }

    @Test
    void connectionWithNothingButAResetStream_isClosedAsIdle() {
        try (BareHttp2 client = new BareHttp2(site.port())) {
            int left = client.post(CHAT, HANGING, true);
            client.await(left, "data: ");

            client.reset(left);

            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void connectionResetInTheMidstOfABody_isClosedAsIdle() {
        try (BareHttp2 client = new BareHttp2(site.port())) {
            client.reset(client.post(CHAT, "{\"mod", false));

            assertThat(client.isClosed()).isTrue();
        }
    }
}
