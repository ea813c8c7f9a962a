package dev.ebbgate.dialects;

import static dev.ebbgate.dialects.Operation.CHAT_COMPLETIONS;
import static dev.ebbgate.dialects.Operation.MESSAGES;
import static dev.ebbgate.dialects.Speaker.named;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

/// What becomes of the second stream's events.
class SequelTest {

    private static final Speaker ONE = new Speaker(CHAT_COMPLETIONS, "one");
    private static final Speaker TWO = new Speaker(CHAT_COMPLETIONS, "second");
    private static final Speaker MESSAGE_ONE = new Speaker(MESSAGES, "one");
    private static final Speaker MESSAGE_TWO = new Speaker(MESSAGES, "second");

    private static final String STOP_0 = named("content_block_stop", ",\"index\":0");
    private static final String STOP_1 = named("content_block_stop", ",\"index\":1");

    @Test
    void chunk_isTheSameButForWhoSaysIt() {
        Client client = openAi("Hi");
        String before = client.told();

        client.hearsOn(
                List.of(
                        TWO.chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null", ""),
                        TWO.chunk("{\"content\":\" \\u00fc\" }", "null", ",\"x\": [ ]")));

        assertThat(client.told())
                .isEqualTo(
                        before + ONE.chunk("{\"content\":\" \\u00fc\" }", "null", ",\"x\": [ ]"));
    }

    @Test
    void roleBesideText_isTakenOut() {
        Client client = openAi("Hi");
        String before = client.told();

        client.hearsOn(
                List.of(TWO.chunk("{\"role\":\"assistant\",\"content\":\", you\"}", "null", "")));

        assertThat(client.told())
                .isEqualTo(before + ONE.chunk("{\"content\":\", you\"}", "null", ""));
    }

    @Test
    void repeatedText_isTrimmedWithinItsChunkAndTheRestKept() {
        Client client = openAi("The quick brown fox");
        String before = client.told();

        client.hearsOn(
                List.of(
                        TWO.token("The quick"),
                        TWO.chunk("{\"content\":\" brown\",\"reasoning\":\"hm\"}", "null", ""),
                        TWO.chunk("{\"content\":\" fox jumps\"}", "\"stop\"", "")));

        assertThat(client.told())
                .isEqualTo(
                        before
                                + ONE.chunk("{\"content\":\"\",\"reasoning\":\"hm\"}", "null", "")
                                + ONE.chunk("{\"content\":\" jumps\"}", "\"stop\"", ""));
    }

    @Test
    void textHeldAtTheEnd_isToldWhenNothingElseFollows() {
        Client client = openAi("The quick brown fox");
        String before = client.told();

        client.hearsOn(List.of(TWO.token("The quick"), TWO.chunk("{}", "\"stop\"", "")));

        assertThat(client.told())
                .isEqualTo(before + ONE.token("The quick") + ONE.chunk("{}", "\"stop\"", ""));
    }

    @Test
    void callBehindText_passes() {
        Client client = openAi("Let me look");
        String before = client.told();
        String call = "{\"tool_calls\":[{\"index\":0,\"id\":\"c\",\"function\":{\"name\":\"f\"}}]}";

        client.hearsOn(List.of(TWO.token("."), TWO.chunk(call, "null", "")));

        assertThat(client.told()).isEqualTo(before + ONE.token(".") + ONE.chunk(call, "null", ""));
    }

    @Test
    void errorBehindHeldText_comesAlone() {
        Client client = openAi("The quick brown fox");
        String before = client.told();
        String error = "data: {\"error\":{\"message\":\"m\"}}\n\n";

        client.hearsOn(List.of(": alive\n\n", TWO.token("The quick"), error));

        assertThat(client.told()).isEqualTo(before + ": alive\n\n" + error);
    }

    @Test
    void dataOfSeveralLines_becomesOneLine() {
        Client client = openAi("Hi");
        String before = client.told();

        client.hearsOn(
                List.of(
                        """
                        data: {"id":"x",
                        data: "choices":[{"index":0,
                        data: "delta":{"content":"!"}}]}

                        """));

        assertThat(client.told())
                .isEqualTo(
                        before
                                + "data: {\"id\":\"one\", \"choices\":[{\"index\":0,"
                                + " \"delta\":{\"content\":\"!\"}}]}\n\n");
    }

    @Test
    void eventThatOnlyItsNameTells_keepsItsName() {
        Client client = anthropic("Hi");
        String before = client.told();
        String token =
                """
                event: content_block_delta
                data: {"index":0,"delta":{"type":"text_delta","text":" you"}}

                """;

        client.hearsOn(List.of(startWith(""), token));

        assertThat(client.told()).isEqualTo(before + token);
    }

    @Test
    void usageOfTheNewPrompt_isToldAtTheEndOfTheMessage() {
        Client client = anthropic("Hi");
        String before = client.told();

        client.hearsOn(MESSAGE_TWO.says("!", 1, 77));

        assertThat(client.told())
                .isEqualTo(
                        before
                                + named("ping", "")
                                + MESSAGE_ONE.token("!")
                                + STOP_0
                                + named(
                                        "message_delta",
                                        ",\"delta\":{\"stop_reason\":\"end_turn\","
                                                + "\"stop_sequence\":null},\"usage\":"
                                                + "{\"input_tokens\":77,\"output_tokens\":9}")
                                + named("message_stop", ""));
    }

    @Test
    void usageThatIsToldAnyway_isLeftAsItIs() {
        Client client = anthropic("Hi");
        String end =
                named(
                        "message_delta",
                        ",\"delta\":{\"stop_reason\":\"end_turn\"},"
                                + "\"usage\":{\"input_tokens\":5,\"output_tokens\":9}");

        String before = client.told();

        client.hearsOn(List.of(MESSAGE_TWO.beginning(77).getFirst(), end));

        assertThat(client.told()).isEqualTo(before + STOP_0 + end);
    }

    @Test
    void blockOfAnotherKind_closesTheOpenOneAndIsNumberedOn() {
        Client client = anthropic("Hi");
        String before = client.told();
        String call = ",\"content_block\":{\"type\":\"tool_use\",\"id\":\"t\",\"input\":{}}";
        String input = ",\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{}\"}";

        client.hearsOn(
                List.of(
                        named("content_block_start", ",\"index\":0" + call),
                        named("content_block_delta", ",\"index\":0" + input),
                        STOP_0));

        assertThat(client.told())
                .isEqualTo(
                        before
                                + STOP_0
                                + named("content_block_start", ",\"index\":1" + call)
                                + named("content_block_delta", ",\"index\":1" + input)
                                + STOP_1);
    }

    @Test
    void textBehindAClosedBlock_getsABlockOfItsOwn() {
        Client client = anthropic("Hi");
        client.hears(List.of(STOP_0));
        String before = client.told();

        client.hearsOn(List.of(startWith("wo"), MESSAGE_TWO.token("rld"), STOP_0));

        assertThat(client.told())
                .isEqualTo(
                        before
                                + startWith("").replace("\"index\":0", "\"index\":1")
                                + MESSAGE_ONE.token("wo").replace("\"index\":0", "\"index\":1")
                                + MESSAGE_ONE.token("rld").replace("\"index\":0", "\"index\":1")
                                + STOP_1);
    }

    @Test
    void textThatOnlyRepeatsBehindAClosedBlock_leavesNoEmptyBlock() {
        Client client = anthropic("The quick brown fox");
        client.hears(List.of(STOP_0));
        String before = client.told();

        client.hearsOn(List.of(startWith("The quick"), MESSAGE_TWO.token(" brown fox"), STOP_0));

        assertThat(client.told()).isEqualTo(before);
    }

    @Test
    void blockThatBeginsWithText_goesOnInTheOpenOne() {
        Client client = anthropic("Hi");
        String before = client.told();

        client.hearsOn(List.of(startWith(" wo"), MESSAGE_TWO.token("rld"), STOP_0));

        assertThat(client.told())
                .isEqualTo(before + MESSAGE_ONE.token(" wo") + MESSAGE_ONE.token("rld") + STOP_0);
    }

    private static String startWith(String text) {
        return named(
                "content_block_start",
                ",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"" + text + "\"}");
    }

    private static Client openAi(String text) {
        return new Client(CHAT_COMPLETIONS, ONE.request())
                .hears(ONE.beginning(1))
                .hears(List.of(ONE.token(text)));
    }

    private static Client anthropic(String text) {
        return new Client(MESSAGES, MESSAGE_ONE.request())
                .hears(MESSAGE_ONE.beginning(1))
                .hears(List.of(MESSAGE_ONE.token(text)));
    }
}
