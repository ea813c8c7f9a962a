package dev.ebbgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.gateway.Reply.End;
import dev.ebbgate.sim.SimulatorOptions;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;

/// What is good goes through as the bytes it came as.
class PassThroughTest {

    private static GatewayFixture fixture;

    @BeforeAll
    static void start() {
        fixture = GatewayFixture.with("");
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    private static void same(Ask ask) {
        Reply reply = fixture.call(ask);

        assertThat(reply.end()).isEqualTo(End.WHOLE);
        assertThat(reply.body()).isEqualTo(fixture.direct(ask).body());
        assertThat(reply.header("x-ebbgate-target")).isEqualTo(ask.model());
        assertThat(reply.header("x-ebbgate-attempts")).isEqualTo("1");
    }

    @ParameterizedTest
    @EnumSource
    void streamOfSingleBytes_isPutTogether(Speech speech) {
        same(speech.stream("drip=1ms;tokens=1"));
    }

    @ParameterizedTest
    @EnumSource
    void lineEndsOfTheProvider_areKept(Speech speech) {
        Ask ask = speech.stream("crlf");

        same(ask);

        assertThat(fixture.direct(ask).text()).contains("\r\n\r\n");
    }

    @ParameterizedTest
    @EnumSource
    void eventLargerThanAnyBuffer_isKeptWhole(Speech speech) {
        same(speech.stream("huge-event"));
    }

    @ParameterizedTest
    @EnumSource
    void wholeAnswer_isKept(Speech speech) {
        same(speech.whole("tokens=64;rate=burst"));
    }

    @ParameterizedTest
    @EnumSource
    void refusalIsNoMemory_theNextCallIsTried(Speech speech) {
        Ask ask = speech.stream("fails-once;fails=2;rate=burst;seed=" + speech.path().length());

        Reply first = fixture.call(ask);
        Reply second = fixture.call(ask);

        assertThat(first.status()).isEqualTo(503);
        assertThat(first.header("retry-after")).isEqualTo("1");
        assertThat(second.events().getLast()).startsWith(speech.terminal());
    }

    @Test
    void request_differsInItsModelOnly() {
        try (CannedProvider provider = new CannedProvider();
                GatewayFixture before =
                        GatewayFixture.with(
                                "",
                                "  canned: {dialect: anthropic, base-url: \"http://127.0.0.1:"
                                        + provider.port()
                                        + "/base\", api-key: k}\n",
                                SimulatorOptions.defaults())) {
            Ask ask =
                    new Ask(Speech.ANTHROPIC, "canned/some/model", true, "")
                            .header("anthropic-version", "2026-10-21")
                            .header("anthropic-beta", "one,two")
                            .header("x-api-key", "mine")
                            .header("connection", "x-hop")
                            .header("x-hop", "1");
            String asked = new String(ask.bytes(), StandardCharsets.US_ASCII);

            try (RawClient client = before.client()) {
                client.send(
                        asked.replaceFirst(" /v1/messages ", " /v1/messages?beta=true&x=%20 ")
                                .getBytes(StandardCharsets.US_ASCII));
                client.read();
            }

            String seen = provider.seen();
            assertThat(seen)
                    .startsWith("POST /base/v1/messages?beta=true&x=%20 HTTP/1.1\r\n")
                    .containsIgnoringCase("anthropic-version: 2026-10-21\r\n")
                    .containsIgnoringCase("anthropic-beta: one,two\r\n")
                    .containsIgnoringCase("x-api-key: k\r\n")
                    .containsIgnoringCase("accept-encoding: identity\r\n")
                    .doesNotContainIgnoringCase("x-hop")
                    .doesNotContain("mine")
                    .endsWith("\r\n\r\n" + ask.body().replace("canned/some/model", "some/model"));
        }
    }

    @Test
    void longRequest_differsInItsModelOnly() {
        try (CannedProvider provider = new CannedProvider();
                GatewayFixture before =
                        GatewayFixture.with(
                                "",
                                "  canned: {dialect: openai, base-url: \"http://127.0.0.1:"
                                        + provider.port()
                                        + "\"}\n",
                                SimulatorOptions.defaults())) {
            String body =
                    "{\"model\":\"canned/some/model\",\"user\":\"%s\"}"
                            .formatted("x".repeat(20_000));

            try (RawClient client = before.client()) {
                String head =
                        "POST /v1/chat/completions HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: ";
                client.send(
                        (head + body.length() + "\r\n\r\n" + body)
                                .getBytes(StandardCharsets.US_ASCII));
                client.read();
            }

            assertThat(provider.seen())
                    .endsWith("\r\n\r\n" + body.replace("canned/some/model", "some/model"));
        }
    }
}
