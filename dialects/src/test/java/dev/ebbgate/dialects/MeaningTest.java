package dev.ebbgate.dialects;

import static dev.ebbgate.core.config.Dialect.ANTHROPIC;
import static dev.ebbgate.core.config.Dialect.OPENAI;
import static dev.ebbgate.core.failure.Meaning.CONTENT_POLICY;
import static dev.ebbgate.core.failure.Meaning.CONTEXT_LENGTH;
import static dev.ebbgate.core.failure.Meaning.PLAIN;
import static dev.ebbgate.core.failure.Meaning.QUOTA;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ebbgate.core.config.Dialect;
import dev.ebbgate.core.failure.Meaning;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import java.util.List;

/// Errors as providers are known to send them.
class MeaningTest {

    /// A provider's error and what it means.
    record Row(Meaning meaning, Dialect dialect, String body) {}

    @SuppressWarnings("unused") // the source of the parameters
    private static final List<Row> ROWS =
            List.of(
                    openAi(QUOTA, "insufficient_quota", "insufficient_quota", "You exceeded"),
                    openAi(QUOTA, "insufficient_quota", null, "You exceeded your current quota"),
                    openAi(QUOTA, "invalid_request_error", "billing_hard_limit_reached", "m"),
                    openAi(QUOTA, "billing_not_active", "billing_not_active", "m"),
                    openAi(QUOTA, "requests", "access_terminated", "m"),
                    openAi(QUOTA, "exceeded_current_quota_error", null, "m"),
                    openAi(QUOTA, "access_terminated_error", null, "m"),
                    openAi(QUOTA, "unknown_error", "invalid_request_error", "Insufficient Balance"),
                    row(QUOTA, "{\"error\":{\"message\":\"Insufficient credits\",\"code\":402}}"),
                    anthropic(QUOTA, "billing_error", "m"),
                    anthropic(
                            QUOTA,
                            "invalid_request_error",
                            "Your credit balance is too low to access the Anthropic API. Please go"
                                    + " to Plans & Billing to upgrade or purchase credits."),
                    anthropic(
                            QUOTA,
                            "invalid_request_error",
                            "You have reached your specified API usage limits. You will regain"
                                    + " access on 2026-08-01 at 00:00 UTC."),
                    openAi(
                            CONTEXT_LENGTH,
                            "invalid_request_error",
                            "context_length_exceeded",
                            "Your input exceeds the context window of this model."),
                    row(
                            CONTEXT_LENGTH,
                            "{\"object\":\"error\",\"message\":\"This model's maximum context"
                                    + " length is 6048 tokens. However, you requested 6616"
                                    + " tokens\",\"type\":\"BadRequestError\",\"param\":null,"
                                    + "\"code\":400}"),
                    row(
                            CONTEXT_LENGTH,
                            "{\"error\":{\"code\":400,\"message\":\"the request exceeds the"
                                    + " available context size, try increasing it\",\"type\":"
                                    + "\"exceed_context_size_error\",\"n_ctx\":4096}}"),
                    row(
                            CONTEXT_LENGTH,
                            "{\"error\":\"The input (9 tokens) is longer than the model's context"
                                    + " length (8 tokens).\"}"),
                    anthropic(
                            CONTEXT_LENGTH,
                            "invalid_request_error",
                            "prompt is too long: 210000 tokens > 200000 maximum"),
                    anthropic(
                            CONTEXT_LENGTH,
                            "invalid_request_error",
                            "input length and `max_tokens` exceed context limit: 188059 + 20000 >"
                                    + " 200000, decrease input length"),
                    anthropic(CONTEXT_LENGTH, "request_too_large", "Request exceeds the maximum"),
                    row(
                            CONTENT_POLICY,
                            "{\"error\":{\"code\":\"content_filter\",\"message\":\"The response was"
                                    + " filtered\",\"status\":400,\"innererror\":{\"code\":"
                                    + "\"ResponsibleAIPolicyViolation\",\"content_filter_result\":"
                                    + "{\"hate\":{\"filtered\":true}}}}}"),
                    row(
                            CONTENT_POLICY,
                            "{\"error\":{\"code\":\"400\",\"message\":\"m\",\"innererror\":{"
                                    + "\"code\":\"ResponsibleAIPolicyViolation\"}}}"),
                    openAi(CONTENT_POLICY, "image_generation_user_error", "moderation_blocked", ""),
                    openAi(CONTENT_POLICY, "invalid_request_error", "content_policy_violation", ""),
                    openAi(
                            CONTENT_POLICY,
                            "invalid_request_error",
                            "invalid_prompt",
                            "Invalid prompt: your prompt was flagged as potentially violating our"
                                    + " usage policy."),
                    row(
                            CONTENT_POLICY,
                            "{\"error\":{\"code\":403,\"message\":\"flagged\",\"metadata\":{"
                                    + "\"reasons\":[\"violence\"],\"flagged_input\":\"…\"}}}"),
                    anthropic(
                            CONTENT_POLICY,
                            "invalid_request_error",
                            "Output blocked by content filtering policy"),
                    anthropic(
                            CONTENT_POLICY,
                            "api_error",
                            "Output blocked by content filtering policy"),
                    openAi(PLAIN, "requests", "rate_limit_exceeded", "Rate limit reached"),
                    openAi(
                            PLAIN,
                            "tokens",
                            "rate_limit_exceeded",
                            "Request too large for gpt-4o: maximum context length is no matter"),
                    row(
                            PLAIN,
                            "{\"error\":{\"code\":429,\"message\":\"You exceeded your current"
                                    + " quota, please check your plan and billing details.\","
                                    + "\"status\":\"RESOURCE_EXHAUSTED\"}}"),
                    openAi(PLAIN, "invalid_request_error", "model_not_found", "no such model"),
                    openAi(PLAIN, "invalid_request_error", "invalid_prompt", "no messages"),
                    openAi(PLAIN, "server_error", null, "prompt is too long to think of"),
                    row(PLAIN, "{\"error\":{}}"),
                    row(PLAIN, "{\"error\":{\"innererror\":7,\"metadata\":[]}}"),
                    anthropic(PLAIN, "rate_limit_error", "your prompt is too long for this minute"),
                    anthropic(PLAIN, "overloaded_error", "Overloaded"),
                    anthropic(PLAIN, "invalid_request_error", "messages: roles must alternate"));

    @ParameterizedTest
    @FieldSource("ROWS")
    void errorOfAProvider_hasItsMeaning(Row row) {
        ProviderError error =
                ProviderError.read(row.dialect, row.body.getBytes(UTF_8)).orElseThrow();

        assertThat(error.meaning()).isEqualTo(row.meaning);
    }

    private static Row openAi(Meaning meaning, String type, @Nullable String code, String message) {
        String quoted = code == null ? "null" : "\"" + code + "\"";
        return row(
                meaning,
                "{\"error\":{\"message\":\"%s\",\"type\":\"%s\",\"param\":null,\"code\":%s}}"
                        .formatted(message, type, quoted));
    }

    private static Row anthropic(Meaning meaning, String type, String message) {
        return new Row(
                meaning,
                ANTHROPIC,
                "{\"type\":\"error\",\"error\":{\"type\":\"%s\",\"message\":\"%s\"}}"
                        .formatted(type, message));
    }

    private static Row row(Meaning meaning, String body) {
        return new Row(meaning, OPENAI, body);
    }
}
