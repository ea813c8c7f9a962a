package dev.ebbgate.dialects;

import static dev.ebbgate.core.config.Dialect.ANTHROPIC;
import static dev.ebbgate.core.config.Dialect.OPENAI;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ebbgate.core.config.Dialect;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderErrorTest {

    @Test
    void openAiError_isRead() {
        ProviderError error =
                read(
                        OPENAI,
                        """
                        {"error": {"message": "Rate limit \\u00fc", "type": "requests",
                          "param": null, "code": "rate_limit_exceeded"}}
                        """);

        assertThat(error.type()).isEqualTo("requests");
        assertThat(error.code()).isEqualTo("rate_limit_exceeded");
        assertThat(error.message()).isEqualTo("Rate limit ü");
        assertThat(error.status()).isEqualTo(429);
    }

    @Test
    void flatErrorOfOlderVllm_isRead() {
        ProviderError error =
                read(
                        OPENAI,
                        "{\"object\":\"error\",\"message\":\"m\",\"type\":\"BadRequestError\","
                                + "\"param\":null,\"code\":400}");

        assertThat(error.type()).isEqualTo("BadRequestError");
        assertThat(error.code()).isEqualTo("400");
        assertThat(error.message()).isEqualTo("m");
        assertThat(error.status()).isEqualTo(400);
    }

    @Test
    void bareString_isAnOpenAiError() {
        assertThat(read(OPENAI, "{\"error\":\"model not loaded\"}").message())
                .isEqualTo("model not loaded");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>502</html>",
                "[]",
                "{}",
                "{\"error\":null}",
                "{\"error\":7}",
                "{\"error\":{}",
                "{\"error\":{}}}",
                "{\"message\":\"m\"}",
                "{\"detail\":\"Not Found\"}"
            })
    void otherBody_isNoOpenAiError(String body) {
        assertThat(ProviderError.read(OPENAI, body.getBytes(UTF_8))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"error\":{\"type\":\"api_error\"}}",
                "{\"type\":\"error\",\"error\":\"m\"}",
                "{\"type\":\"message\",\"error\":{}}",
                "{\"type\":\"error\"}"
            })
    void otherBody_isNoAnthropicError(String body) {
        assertThat(ProviderError.read(ANTHROPIC, body.getBytes(UTF_8))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "overloaded_error, 529",
        "rate_limit_error, 429",
        "invalid_request_error, 400",
        "authentication_error, 401",
        "billing_error, 402",
        "permission_error, 403",
        "not_found_error, 404",
        "request_too_large, 413",
        "timeout_error, 504",
        "api_error, 502",
        "unheard_of, 502"
    })
    void anthropicType_suggestsItsStatus(String type, int status) {
        String body =
                "{\"error\":{\"message\":\"m\",\"type\":\"" + type + "\"},\"type\":\"error\"}";

        assertThat(read(ANTHROPIC, body).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "400, 400",
                "599, 599",
                "`\"429\"`, 429",
                "399, 502",
                "600, 502",
                "200, 502",
                "4290, 502",
                "-400, 502",
                "null, 502",
                "`\"insufficient_quota\"`, 429",
                "`\"invalid_api_key\"`, 401"
            })
    void codeInside_suggestsItsStatus(String code, int status) {
        assertThat(read(OPENAI, "{\"error\":{\"code\":" + code + "}}").status()).isEqualTo(status);
    }

    @Test
    void longTexts_areCut() {
        String word = "w".repeat(1000);
        ProviderError error =
                read(
                        OPENAI,
                        "{\"error\":{\"type\":\"%s\",\"code\":\"%s\",\"message\":\"%s\"}}"
                                .formatted(word, word, word));

        assertThat(error.type()).hasSize(100);
        assertThat(error.code()).hasSize(100);
        assertThat(error.message()).hasSize(500);
    }

    @Test
    void text_neverShowsInItsString() {
        assertThat(read(OPENAI, "{\"error\":{\"message\":\"secret\"}}").toString())
                .isEqualTo("ProviderError[30 bytes]");
    }

    private static ProviderError read(Dialect dialect, String body) {
        return ProviderError.read(dialect, body.getBytes(UTF_8)).orElseThrow();
    }
}
