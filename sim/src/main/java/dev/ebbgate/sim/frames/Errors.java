package dev.ebbgate.sim.frames;

/// Error objects as the providers document them. `error` names the cause, or is `auto`.
public final class Errors {

    private Errors() {}

    /// `{"error":{…}}` of OpenAI.
    public static String openAi(int status, String error, String message) {
        String code = error.equals("auto") ? openAiCode(status) : error;
        String type =
                switch (code) {
                    case "insufficient_quota" -> code;
                    case "rate_limit_exceeded" -> "requests";
                    default -> status < 500 ? "invalid_request_error" : "server_error";
                };
        return "{\"error\":{\"message\":%s,\"type\":%s,\"param\":null,\"code\":%s}}"
                .formatted(
                        Text.quoted(message),
                        Text.quoted(type),
                        code.isEmpty() ? "null" : Text.quoted(code));
    }

    /// `{"type":"error",…}` of Anthropic.
    public static String anthropic(int status, String error, String message) {
        return """
        {"type":"error","error":{"type":%s,"message":%s},"request_id":"req_sim"}\
        """
                .formatted(Text.quoted(anthropicType(status, error)), Text.quoted(message));
    }

    private static String openAiCode(int status) {
        return switch (status) {
            case 401 -> "invalid_api_key";
            case 404 -> "model_not_found";
            case 429 -> "rate_limit_exceeded";
            default -> "";
        };
    }

    private static String anthropicType(int status, String error) {
        if (error.endsWith("_error")) {
            return error;
        }
        return switch (status) {
            case 401 -> "authentication_error";
            case 402 -> "billing_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 503, 529 -> "overloaded_error";
            case 504 -> "timeout_error";
            default -> status < 500 ? "invalid_request_error" : "api_error";
        };
    }

    /// What OpenAI says in such a case.
    static String openAiMessage(int status, String error) {
        return switch (error) {
            case "insufficient_quota" ->
                    "You exceeded your current quota, please check your plan and billing details."
                            + " For more information on this error, read the docs:"
                            + " https://platform.openai.com/docs/guides/error-codes/api-errors.";
            case "context_length_exceeded" ->
                    "This model's maximum context length is 128000 tokens. However, your messages"
                            + " resulted in 212345 tokens. Please reduce the length of the"
                            + " messages.";
            case "content_policy_violation" ->
                    "Your request was rejected as a result of our safety system. Your prompt may"
                            + " contain text that is not allowed by our safety system.";
            default -> byStatus(status);
        };
    }

    /// What Anthropic says in such a case: its types are few, and the text tells the cause.
    static String anthropicMessage(int status, String error) {
        return switch (error) {
            case "insufficient_quota" ->
                    "Your credit balance is too low to access the Anthropic API. Please go to"
                            + " Plans & Billing to upgrade or purchase credits.";
            case "context_length_exceeded" -> "prompt is too long: 212345 tokens > 200000 maximum";
            case "content_policy_violation" -> "Output blocked by content filtering policy";
            default -> byStatus(status);
        };
    }

    private static String byStatus(int status) {
        return switch (status) {
            case 401 -> "Incorrect API key provided.";
            case 402 -> "There is an issue with your billing or payment information.";
            case 404 -> "The model does not exist or you do not have access to it.";
            case 429 -> "Rate limit reached for requests.";
            case 503, 529 -> "Overloaded";
            default ->
                    status < 500
                            ? "The request was refused."
                            : "The server had an error while processing your request.";
        };
    }
}
