package dev.ebbgate.dialects;

import dev.ebbgate.core.failure.Meaning;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The words by which providers say what their status does not.
///
/// The machine-readable ones decide (`code`, `type`, Azure's `innererror.code`). Only where they
/// say no more than "bad request" or nothing is the message searched, for phrases that servers
/// write without a code of their own (vLLM, SGLang, llama.cpp, Anthropic); a message may quote the
/// prompt, so a phrase is the server's whole wording and not a single word. "Exceeded your current
/// quota" is no such phrase: Gemini says it of a limit per minute, and OpenAI says
/// `insufficient_quota` with it.
final class ErrorWords {

    private static final Set<String> QUOTA =
            Set.of(
                    "insufficient_quota",
                    "quota_exceeded",
                    "exceeded_current_quota_error",
                    "billing_hard_limit_reached",
                    "billing_not_active",
                    "billing_error",
                    "insufficient_balance",
                    "insufficient_credits",
                    "organization_spend_limit_exceeded",
                    "organization_usage_limit_exceeded",
                    "project_spend_limit_exceeded",
                    "access_terminated",
                    "access_terminated_error",
                    "account_deactivated",
                    "organization_deactivated");

    private static final Set<String> CONTEXT_LENGTH =
            Set.of(
                    "context_length_exceeded",
                    "context_window_exceeded",
                    "model_context_window_exceeded",
                    "exceed_context_size_error",
                    "string_above_max_length",
                    "request_too_large");

    private static final Set<String> CONTENT_POLICY =
            Set.of(
                    "content_filter",
                    "content_filter_error",
                    "content_policy_violation",
                    "responsibleaipolicyviolation",
                    "moderation_blocked",
                    "data_inspection_failed");

    /// Words with which a provider says no more than that it refuses the request.
    private static final Set<String> VAGUE =
            Set.of(
                    "400",
                    "402",
                    "403",
                    "413",
                    "422",
                    "null",
                    "api_error",
                    "badrequesterror",
                    "bad_request",
                    "invalid_prompt",
                    "invalid_request",
                    "invalid_request_error",
                    "unknown_error",
                    "valueerror");

    private static final List<String> QUOTA_PHRASES =
            List.of(
                    "credit balance is too low",
                    "reached your specified api usage limits",
                    "reached your specified workspace api usage limits",
                    "insufficient balance",
                    "insufficient credits");

    private static final List<String> CONTEXT_LENGTH_PHRASES =
            List.of(
                    "prompt is too long",
                    "maximum context length",
                    "exceed context limit",
                    "exceeds the available context size",
                    "longer than the model's context length",
                    "exceeds the model's maximum context length",
                    "longer than the maximum model length",
                    "input length exceeds the context length",
                    "context length exceeded",
                    "exceeds the maximum number of tokens allowed");

    private static final List<String> CONTENT_POLICY_PHRASES =
            List.of(
                    "output blocked by content filtering policy",
                    "content management policy",
                    "flagged as potentially violating our usage policy",
                    "rejected as a result of our safety system",
                    "requires moderation");

    private ErrorWords() {}

    static Meaning meaning(ErrorShape shape) {
        if (shape.inputFlagged()) {
            return Meaning.CONTENT_POLICY;
        }
        String code = lower(shape.code());
        String type = lower(shape.type());
        for (String word : List.of(lower(shape.innerCode()), code, type)) {
            Meaning meaning = named(word);
            if (meaning != Meaning.PLAIN) {
                return meaning;
            }
        }
        boolean vague = VAGUE.contains(code) && VAGUE.contains(type);
        return vague ? said(lower(shape.message())) : Meaning.PLAIN;
    }

    private static Meaning named(String word) {
        if (CONTENT_POLICY.contains(word)) {
            return Meaning.CONTENT_POLICY;
        }
        if (CONTEXT_LENGTH.contains(word)) {
            return Meaning.CONTEXT_LENGTH;
        }
        return QUOTA.contains(word) ? Meaning.QUOTA : Meaning.PLAIN;
    }

    private static Meaning said(String message) {
        if (CONTENT_POLICY_PHRASES.stream().anyMatch(message::contains)) {
            return Meaning.CONTENT_POLICY;
        }
        if (CONTEXT_LENGTH_PHRASES.stream().anyMatch(message::contains)) {
            return Meaning.CONTEXT_LENGTH;
        }
        return QUOTA_PHRASES.stream().anyMatch(message::contains) ? Meaning.QUOTA : Meaning.PLAIN;
    }

    private static String lower(@Nullable String text) {
        return text == null ? "null" : text.toLowerCase(Locale.ROOT);
    }
}
