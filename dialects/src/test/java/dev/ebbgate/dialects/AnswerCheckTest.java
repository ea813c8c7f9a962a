package dev.ebbgate.dialects;

import static dev.ebbgate.dialects.Operation.CHAT_COMPLETIONS;
import static dev.ebbgate.dialects.Operation.COMPLETIONS;
import static dev.ebbgate.dialects.Operation.COUNT_TOKENS;
import static dev.ebbgate.dialects.Operation.EMBEDDINGS;
import static dev.ebbgate.dialects.Operation.MESSAGES;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

import java.util.List;

class AnswerCheckTest {

    @SuppressWarnings("unused") // the source of the parameters
    private static final List<Arguments> GOOD =
            List.of(
                    good(
                            CHAT_COMPLETIONS,
                            "{\"model\":\"m\",\"choices\":[{}],\"error\":null,"
                                    + "\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4}}",
                            3,
                            4,
                            "m"),
                    good(COMPLETIONS, "{\"choices\":[{\"text\":\"\"}]}", -1, -1, null),
                    good(
                            EMBEDDINGS,
                            "{\"object\":\"list\",\"data\":[],\"usage\":{\"prompt_tokens\":8}}",
                            8,
                            -1,
                            null),
                    good(
                            MESSAGES,
                            "{\"type\":\"message\",\"content\":[],\"model\":\"c\","
                                    + "\"usage\":{\"input_tokens\":1,\"output_tokens\":2}}",
                            1,
                            2,
                            "c"),
                    good(COUNT_TOKENS, " {\"input_tokens\":14}\n", 14, -1, null));

    @SuppressWarnings("unused") // the source of the parameters
    private static final List<Arguments> ERRORS =
            List.of(
                    Arguments.of(CHAT_COMPLETIONS, "{\"error\":{\"code\":429}}", 429),
                    Arguments.of(CHAT_COMPLETIONS, "{\"error\":\"no\",\"choices\":[{}]}", 502),
                    Arguments.of(
                            CHAT_COMPLETIONS,
                            "{\"object\":\"error\",\"message\":\"m\",\"code\":400}",
                            400),
                    Arguments.of(
                            MESSAGES,
                            "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"}}",
                            529));

    @SuppressWarnings("unused") // the source of the parameters
    private static final List<Arguments> BROKEN =
            List.of(
                    Arguments.of(CHAT_COMPLETIONS, "", "the answer is empty"),
                    Arguments.of(CHAT_COMPLETIONS, " \n", "the answer is empty"),
                    Arguments.of(CHAT_COMPLETIONS, "[]", "the answer is not a JSON object"),
                    Arguments.of(
                            CHAT_COMPLETIONS, "<html>", "the answer is not valid JSON at byte 0"),
                    Arguments.of(
                            CHAT_COMPLETIONS,
                            "{\"choices\":[{}]",
                            "the answer is not valid JSON at byte 15"),
                    Arguments.of(
                            CHAT_COMPLETIONS,
                            "{\"error\":{}",
                            "the answer is not valid JSON at byte 11"),
                    Arguments.of(CHAT_COMPLETIONS, "{}", "the answer has no choices"),
                    Arguments.of(CHAT_COMPLETIONS, "{\"choices\":[]}", "the answer has no choices"),
                    Arguments.of(
                            COMPLETIONS, "{\"choices\":{\"a\":1}}", "the answer has no choices"),
                    Arguments.of(EMBEDDINGS, "{\"choices\":[{}]}", "the answer has no data"),
                    Arguments.of(MESSAGES, "{\"content\":\"x\"}", "the answer has no content"),
                    Arguments.of(
                            COUNT_TOKENS,
                            "{\"input_tokens\":\"x\"}",
                            "the answer has no input_tokens"));

    @ParameterizedTest
    @FieldSource("GOOD")
    void wholeAnswer_isGood(Operation operation, String body, AnswerCheck.Good expected) {
        assertThat(check(operation, body)).isEqualTo(expected);
    }

    @ParameterizedTest
    @FieldSource("ERRORS")
    void errorInsideAnAnswer_isSeen(Operation operation, String body, int status) {
        assertThat(check(operation, body))
                .isInstanceOfSatisfying(
                        AnswerCheck.ErrorInside.class,
                        inside -> {
                            assertThat(inside.error().status()).isEqualTo(status);
                            assertThat(new String(inside.error().json(), UTF_8)).isEqualTo(body);
                        });
    }

    @ParameterizedTest
    @FieldSource("BROKEN")
    @DisplayName("C3 an answer without choices is broken")
    void brokenAnswer_isTold(Operation operation, String body, String why) {
        assertThat(check(operation, body)).isEqualTo(new AnswerCheck.Broken(why));
    }

    @Test
    void everyTruncatedAnswer_isBroken() {
        String body = "{\"choices\":[{\"message\":{\"content\":\"a\\u00e9\"}}],\"usage\":null}";
        for (int length = 0; length < body.length(); length++) {
            assertThat(check(CHAT_COMPLETIONS, body.substring(0, length)))
                    .isInstanceOf(AnswerCheck.Broken.class);
        }
    }

    private static AnswerCheck check(Operation operation, String body) {
        byte[] bytes = ("{[" + body + "]}").getBytes(UTF_8);
        return AnswerCheck.check(operation, bytes, 2, bytes.length - 2);
    }

    private static Arguments good(
            Operation operation, String body, long input, long output, @Nullable String model) {
        return Arguments.of(operation, body, new AnswerCheck.Good(input, output, model));
    }
}
