package dev.ebbgate.gateway;

import static dev.ebbgate.sim.SimulatorOptions.defaults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A text of every kind of character that breaks off anywhere, and the one answer that comes of it.
class ContinuedTextTest {

    private static final String TEXT = "Hi \"you\"\\ \n\té \uD83D\uDE00\uD83C\uDF0A 漢字 — end.";

    /// Coprime to the length of an event, so that all places in it are met.
    private static final int STEP = 13;

    @ParameterizedTest(name = "escaped {0}")
    @ValueSource(booleans = {true, false})
    @DisplayName(
            "C2 a text that is cut within escapes and pairs is gone on with, character by"
                    + " character")
    void textThatIsCutAnywhere_isGoneOnWithToTheLetter(boolean escaped) {
        try (TellingProvider provider = new TellingProvider(TEXT, escaped);
                GatewayFixture fixture =
                        GatewayFixture.with(
                                "routes:\n"
                                        + "  told: {targets: [first/m, second/m],"
                                        + " failover: {mid-stream: continue, retries: 0}}\n",
                                """
                                  first: {dialect: openai, base-url: "URL/first/v1", HARDY}
                                  second: {dialect: openai, base-url: "URL/second/v1", continuation: prefill, HARDY}
                                """
                                        .replace("URL", provider.url()),
                                defaults())) {
            int length = provider.stream().length;
            for (int cut = 1; cut < length; cut += STEP) {
                Ask ask =
                        new Ask(Speech.OPENAI, "told", true, "")
                                .header(TellingProvider.CUT, Integer.toString(cut));

                Reply reply = fixture.call(ask);

                assertThat(text(reply)).as("cut after %d of %d bytes", cut, length).isEqualTo(TEXT);
                assertThat(reply.events().getLast()).isEqualTo("data: [DONE]");
            }
        }
    }

    private static String text(Reply reply) {
        StringBuilder text = new StringBuilder();
        for (String event : reply.events()) {
            if (!event.equals("data: [DONE]")) {
                JsonNode delta = Reply.data(event).path("choices").path(0).path("delta");
                text.append(delta.path("content").asText(""));
            }
        }
        return text.toString();
    }
}
