package dev.ebbgate.dialects;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;

class EventTemplateTest {

    private static final String FIRST = "data: {\"a\":1,\"text\":\"one\",\"end\":null}\n\n";

    private final EventTemplate template = new EventTemplate();

    private void learnFirst() {
        byte[] bytes = FIRST.getBytes(UTF_8);
        int from = FIRST.indexOf("one");
        template.learn(bytes, 0, bytes.length, from, from + 3);
    }

    private int match(String text) {
        byte[] bytes = ("x" + text).getBytes(UTF_8);
        return template.match(bytes, 1, bytes.length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"o", "another, longer one", "ünïcödé", "]}", "data: {"})
    void eventThatDiffersInItsStringOnly_isKnown(String text) {
        learnFirst();

        String event = FIRST.replace("one", text);

        assertThat(match(event + "data: ")).isEqualTo(1 + event.getBytes(UTF_8).length);
        assertThat(match(event)).isEqualTo(1 + event.getBytes(UTF_8).length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: {\"a\":1,\"text\":\"\",\"end\":null}\n\n",
                "data: {\"a\":1,\"text\":\"two\",\"end\":\"stop\"}\n\n",
                "data: {\"a\":2,\"text\":\"two\",\"end\":null}\n\n",
                "data: {\"a\":1,\"text\":\"t\\no\",\"end\":null}\n\n",
                "data: {\"a\":1,\"text\":\"t\no\",\"end\":null}\n\n",
                "data: {\"a\":1,\"text\":\"two\",\"end\":null}\n",
                "data: {\"a\":1,\"text\":\"two",
                "data: {\"a\":1,\"te",
                ""
            })
    void anythingElse_isLeftToTheClassifier(String event) {
        learnFirst();

        assertThat(match(event)).isEqualTo(-1);
    }

    @Test
    void nothingLearnt_knowsNothing() {
        assertThat(match(FIRST)).isEqualTo(-1);
    }

    /// A finish reason is a string as well, and must not be taken for speech.
    @Test
    void choiceThatEndsAfterAnother_isStillCounted() {
        String ends =
                "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
        List<EventKind> kinds = new ArrayList<>();
        EventReader reader = new EventReader(Operation.CHAT_COMPLETIONS, 2, 4096);
        byte[] bytes = (ends + ends + ends.replace(":0", ":1")).getBytes(UTF_8);

        reader.feed(bytes, 0, bytes.length, (kind, _, _, _) -> kinds.add(kind));

        assertThat(kinds).containsExactly(EventKind.DELTA, EventKind.DELTA, EventKind.FINISH);
    }

    @Test
    void usageBesideSpeech_isReadInEveryEvent() {
        String event =
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hi\"}}],"
                        + "\"usage\":{\"completion_tokens\":1}}\n\n";
        EventReader reader = new EventReader(Operation.CHAT_COMPLETIONS, 1, 4096);
        byte[] bytes = (event + event.replace(":1}", ":2}")).getBytes(UTF_8);

        reader.feed(bytes, 0, bytes.length, (_, _, _, _) -> true);

        assertThat(reader.outputTokens()).isEqualTo(2);
    }
}
