package dev.ebbgate.dialects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestHeadTest {

    @Test
    void plainRequest_isRead() {
        RequestHead head =
                read(
                        """
                        {"messages": [{"role": "user", "content": "model"}], "stream": true,
                         "stream_options": {"x": [1], "include_usage": true}, "n": 3,
                         "model": "gpt-4o", "tools": [{"model": "inner", "stream": false}]}
                        """);

        assertThat(head.model()).isEqualTo("gpt-4o");
        assertThat(head.stream()).isTrue();
        assertThat(head.n()).isEqualTo(3);
        assertThat(head.includeUsage()).isTrue();
    }

    @Test
    void bareRequest_hasDefaults() {
        RequestHead head = read("{\"model\":\"m\",\"stream\":null,\"n\":null}");

        assertThat(head.stream()).isFalse();
        assertThat(head.n()).isEqualTo(1);
        assertThat(head.prompts()).isEqualTo(1);
        assertThat(head.includeUsage()).isFalse();
    }

    @Test
    void escapedKeyAndName_areDecoded() {
        RequestHead head = read("{\"\\u006dodel\":\"a\\/b\\u00e9\\ud83d\\ude00Ω\\\"\"}");

        assertThat(head.model()).isEqualTo("a/bé😀Ω\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`\"one\"`               | 2",
                "`[\"a\",\"b\",\"c\"]`   | 6",
                "`[[1,2],[3]]`           | 4",
                "`[1,2,3]`               | 2",
                "`[]`                    | 2",
                "`null`                  | 2"
            })
    void legacyPrompts_multiplyTheChoices(String prompt, int choices) {
        RequestHead head = read("{\"model\":\"m\",\"n\":2,\"prompt\":" + prompt + "}");

        assertThat(head.choices(Operation.COMPLETIONS)).isEqualTo(choices);
        assertThat(head.choices(Operation.CHAT_COMPLETIONS)).isEqualTo(2);
        assertThat(head.choices(Operation.MESSAGES)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                                    | the body is empty; send a JSON object",
                "` \n`                                 | the body is empty; send a JSON object",
                "`[1]`                                 | the body is not a JSON object",
                "`\"secret\"`                          | the body is not a JSON object",
                "`secret`                              | the body is not valid JSON at byte 0",
                "`{\"model\":\"m\",}`                  | the body is not valid JSON at byte 13",
                "`{\"model\":\"m\"`                    | the body is not valid JSON at byte 12",
                "`{\"model\":\"m\"} x`                 | the body is not valid JSON at byte 14",
                "`{\"model\":\"m\",\"x\":\"secret`     | the body is not valid JSON at byte 24",
                "`{}`                                  | model is missing; name the model to be"
                        + " asked",
                "`{\"x\":{\"model\":\"m\"}}`           | model is missing; name the model to be"
                        + " asked",
                "`{\"model\":7}`                       | model must be a string",
                "`{\"model\":null}`                    | model must be a string",
                "`{\"model\":{\"model\":\"secret\"}}`  | model must be a string",
                "`{\"model\":\"\"}`                    | model is empty; name the model to be"
                        + " asked",
                "`{\"model\":\"  \"}`                  | model is empty; name the model to be"
                        + " asked",
                "`{\"model\":\"a\\n\"}`                | model holds control characters",
                "`{\"model\":\"a\",\"model\":\"a\"}`   | model is given twice",
                "`{\"model\":\"a\",\"m\\u006fdel\":1}` | model is given twice",
                "`{\"model\":\"a\",\"stream\":1}`      | stream must be true or false",
                "`{\"model\":\"a\",\"stream\":\"true\"}` | stream must be true or false",
                "`{\"model\":\"a\",\"stream\":true,\"stream\":false}` | stream is given twice",
            })
    void badRequest_isRefusedWithoutQuotingIt(String body, String message) {
        RequestHead.Reading reading = RequestHead.read(body.getBytes(UTF_8));

        assertThat(reading).isEqualTo(new RequestHead.Refused(message));
    }

    @Test
    void veryLongName_isRefused() {
        String body = "{\"model\":\"" + "m".repeat(513) + "\"}";

        assertThat(RequestHead.read(body.getBytes(UTF_8)))
                .isEqualTo(new RequestHead.Refused("model is longer than 512 characters"));
    }

    @Test
    void depthBomb_isRefusedAtTheBound() {
        String body = "{\"model\":\"m\",\"x\":" + "[".repeat(1_000_000);

        assertThat(RequestHead.read(body.getBytes(UTF_8)))
                .isEqualTo(
                        new RequestHead.Refused(
                                "the body is nested deeper than 512 levels at byte 528"));
    }

    @Test
    void hugeRequest_isReadInOnePass() {
        String body = "{\"x\":\"" + "long \\\" text ".repeat(2_000_000) + "\",\"model\":\"m\"}";

        assertThat(read(body).model()).isEqualTo("m");
    }

    @Test
    void otherModel_fitsIntoTheOldOnesPlace() {
        String body = "{ \"a\":\"ü\", \"model\" : \"ol\\u0064é\" ,\"z\":\"model\" }";
        byte[] bytes = body.getBytes(UTF_8);
        RequestHead head = read(body);

        byte[] name = RequestHead.quoted("né\"w\\/\n😀");

        assertThat(new String(bytes, 0, head.modelFrom(), UTF_8))
                .isEqualTo("{ \"a\":\"ü\", \"model\" : ");
        assertThat(new String(name, UTF_8)).isEqualTo("\"né\\\"w\\\\/\\n😀\"");
        assertThat(new String(bytes, head.modelTo(), bytes.length - head.modelTo(), UTF_8))
                .isEqualTo(" ,\"z\":\"model\" }");
    }

    private static RequestHead read(String body) {
        return switch (RequestHead.read(body.getBytes(UTF_8))) {
            case RequestHead.Read(RequestHead head) -> head;
            case RequestHead.Refused(String message) -> fail(message);
        };
    }
}
