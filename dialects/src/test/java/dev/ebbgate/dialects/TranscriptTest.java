package dev.ebbgate.dialects;

import static dev.ebbgate.dialects.Operation.CHAT_COMPLETIONS;
import static dev.ebbgate.dialects.Operation.MESSAGES;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

/// When an answer may be continued, and what is asked of the next target.
class TranscriptTest {

    private static final Speaker OPENAI = new Speaker(CHAT_COMPLETIONS, "one");
    private static final Speaker ANTHROPIC = new Speaker(MESSAGES, "one");
    private static final String STRUCTURED = "structured output was asked for";

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "CHAT_COMPLETIONS | `\"response_format\":{\"type\":\"json_object\"}` | "
                        + STRUCTURED,
                "CHAT_COMPLETIONS | `\"response_format\":{\"type\":\"json_schema\"}` | "
                        + STRUCTURED,
                "CHAT_COMPLETIONS | `\"response_format\":{\"type\":\"text\"}`        |",
                "CHAT_COMPLETIONS | `\"response_format\":null`                       |",
                "CHAT_COMPLETIONS | `\"guided_json\":{\"type\":\"object\"}`          | "
                        + STRUCTURED,
                "CHAT_COMPLETIONS | `\"guided_json\":null`                           |",
                "CHAT_COMPLETIONS | `\"grammar\":\"root ::= x\"`                     | "
                        + STRUCTURED,
                "CHAT_COMPLETIONS | `\"n\":2`                 | several choices were asked for",
                "CHAT_COMPLETIONS | `\"n\":1`                                        |",
                "CHAT_COMPLETIONS | `\"tools\":[{}],\"tool_choice\":\"auto\"`        |",
                "CHAT_COMPLETIONS | `\"modalities\":[\"text\",\"audio\"]` | more than text was"
                        + " asked for",
                "CHAT_COMPLETIONS | `\"modalities\":[\"text\"]`                      |",
                "CHAT_COMPLETIONS | `\"add_generation_prompt\":true` |"
                        + " the request itself steers the template",
                "MESSAGES | `\"output_format\":{\"type\":\"json_schema\"}`           | "
                        + STRUCTURED,
                "MESSAGES | `\"output_config\":{\"format\":{\"type\":\"json_schema\"}}` | "
                        + STRUCTURED,
                "MESSAGES | `\"output_config\":{\"effort\":\"low\"}`                 |",
                "MESSAGES | `\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":9}` |"
                        + " thinking is enabled",
                "MESSAGES | `\"thinking\":{\"type\":\"disabled\"}`                   |",
                "COMPLETIONS | `\"prompt\":\"p\"`                          | only chats are"
                        + " continued"
            })
    void request_mayForbidIt(Operation operation, String member, String obstacle) {
        String request = "{" + member + ",\"messages\":[{\"role\":\"user\",\"content\":\"c\"}]}";
        Client client = new Client(operation, request);
        Speaker speaker = operation == MESSAGES ? ANTHROPIC : OPENAI;

        client.hears(speaker.beginning(1)).hears(List.of(speaker.token("Hi")));

        assertThat(client.transcript().obstacle()).isEqualTo(obstacle);
    }

    @Test
    void requestThatEndsWithTheAssistant_isNotContinued() {
        Client client =
                new Client(
                        MESSAGES,
                        "{\"messages\":[{\"role\":\"user\",\"content\":\"c\"},"
                                + "{\"content\":\"So\",\"role\":\"assistant\"}]}");

        client.hears(ANTHROPIC.beginning(1)).hears(List.of(ANTHROPIC.token("Hi")));

        assertThat(client.transcript().obstacle())
                .isEqualTo("the request itself ends with the assistant's words");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "`{\"tool_calls\":[{\"index\":0,\"function\":{\"name\":\"f\"}}]}` |"
                        + " a tool call has begun",
                "`{\"function_call\":{\"name\":\"f\"}}`     | a tool call has begun",
                "`{\"refusal\":\"I\"}`                      | a refusal has begun",
                "`{\"content\":[{\"type\":\"text\"}]}`      | the content is more than text",
                "`{\"audio\":{\"id\":\"a\"}}`               | the content is more than text",
                "`{\"tool_calls\":[],\"refusal\":null}`     |",
                "`{\"reasoning_content\":\"hm\"}`           |"
            })
    void openAiAnswer_mayForbidIt(String delta, String obstacle) {
        Client client = new Client(CHAT_COMPLETIONS, OPENAI.request());

        client.hears(List.of(OPENAI.token("Hi"), OPENAI.chunk(delta, "null", "")));

        assertThat(client.transcript().obstacle()).isEqualTo(obstacle);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "content_block_start | `\"content_block\":{\"type\":\"tool_use\",\"id\":\"t\"}` |"
                        + " a tool call has begun",
                "content_block_start | `\"content_block\":{\"type\":\"server_tool_use\"}` |"
                        + " a tool call has begun",
                "content_block_start |"
                    + " `\"content_block\":{\"type\":\"thinking\",\"thinking\":\"\"}` | thinking"
                    + " has been sent",
                "content_block_start | `\"content_block\":{\"type\":\"text\",\"text\":\"\"}` |",
                "content_block_delta | `\"delta\":{\"type\":\"citations_delta\",\"citation\":{}}` |"
                        + " the content is more than text",
                "message_delta | `\"delta\":{\"stop_reason\":\"end_turn\"}` | the answer is"
                        + " finished",
                "message_delta | `\"delta\":{\"stop_reason\":null}` |",
                "shiny_new_event | `\"anything\":1` |"
            })
    void anthropicAnswer_mayForbidIt(String type, String member, String obstacle) {
        Client client = new Client(MESSAGES, ANTHROPIC.request());

        client.hears(ANTHROPIC.beginning(1)).hears(List.of(ANTHROPIC.token("Hi")));
        client.hears(List.of(Speaker.named(type, ",\"index\":1," + member)));

        assertThat(client.transcript().obstacle()).isEqualTo(obstacle);
    }

    @Test
    void secondChoice_forbidsIt() {
        Client client = new Client(CHAT_COMPLETIONS, OPENAI.request());

        client.hears(List.of(OPENAI.token("Hi").replace("\"index\":0", "\"index\":1")));

        assertThat(client.transcript().obstacle()).isEqualTo("there are several choices");
    }

    @ParameterizedTest
    @CsvSource({"''", "' '", "'\n\t\u00a0'"})
    void blankText_isNothingToGoOnFrom(String text) {
        Client client = new Client(CHAT_COMPLETIONS, OPENAI.request());

        client.hears(OPENAI.beginning(1)).hears(List.of(OPENAI.token(text)));

        assertThat(client.transcript().obstacle()).isEqualTo("no text has been sent yet");
        assertThatThrownBy(() -> client.transcript().prefilled(new byte[0]))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> client.transcript().sequel(client))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void longText_isNotKept() {
        Transcript transcript =
                new Transcript(CHAT_COMPLETIONS, OPENAI.request().getBytes(UTF_8), 9);
        byte[] token = OPENAI.token("0123456789").getBytes(UTF_8);

        transcript.event(EventKind.DELTA, token, 0, token.length);

        assertThat(transcript.obstacle()).isEqualTo("the text is longer than what is kept");
    }

    @Test
    void openAiRequest_getsTheTextAndTheWordsOfVllm() {
        Client client = new Client(CHAT_COMPLETIONS, OPENAI.request());
        client.hears(List.of(OPENAI.token("Grüß \"dich\"\n")));

        byte[] request =
                client.transcript()
                        .prefilled(
                                " { \"model\" : \"n\",\"messages\":[{\"role\":\"user\"}\n] , \"x\":1e3}"
                                        .getBytes(UTF_8));

        assertThat(new String(request, UTF_8))
                .isEqualTo(
                        " {\"continue_final_message\":true,\"add_generation_prompt\":false,"
                                + " \"model\" : \"n\",\"messages\":[{\"role\":\"user\"}\n"
                                + ",{\"role\":\"assistant\",\"content\":\"Grüß \\\"dich\\\"\"}]"
                                + " , \"x\":1e3}");
    }

    @Test
    void halfACharacter_isNotGiven() {
        Client client = new Client(CHAT_COMPLETIONS, OPENAI.request());
        client.hears(List.of(OPENAI.token("So \ud83d")));

        byte[] request = client.transcript().prefilled(OPENAI.request().getBytes(UTF_8));

        assertThat(new String(request, UTF_8))
                .contains("{\"role\":\"assistant\",\"content\":\"So\"}");
    }

    @Test
    void anthropicRequest_getsTheTextWithoutWhiteSpaceAtItsEnd() {
        Client client = new Client(MESSAGES, ANTHROPIC.request());
        client.hears(ANTHROPIC.beginning(1)).hears(List.of(ANTHROPIC.token("So: \n\n")));

        byte[] request = client.transcript().prefilled(ANTHROPIC.request().getBytes(UTF_8));

        assertThat(new String(request, UTF_8))
                .isEqualTo(
                        "{\"model\":\"m\",\"stream\":true,\"messages\":"
                                + "[ {\"role\":\"user\",\"content\":\"Tell!\"} "
                                + ",{\"role\":\"assistant\",\"content\":\"So:\"}]}");
    }
}
