package dev.ebbgate.dialects;

import static java.nio.charset.StandardCharsets.UTF_8;

/// What the gateway needs to know of a request's body; all else passes through as bytes.
///
/// @param model the model's name as the client wrote it, decoded
/// @param modelFrom where the name stands in the body, quotes included
/// @param modelTo behind its closing quote
/// @param stream whether the answer is to be streamed
/// @param n how many choices each prompt is to get
/// @param prompts how many prompts a legacy completion has; 1 for all else
/// @param includeUsage whether the stream is to end with the usage
public record RequestHead(
        String model,
        int modelFrom,
        int modelTo,
        boolean stream,
        int n,
        int prompts,
        boolean includeUsage) {

    /// A body understood, or the reason why not.
    public sealed interface Reading {}

    /// A body understood.
    public record Read(RequestHead head) implements Reading {}

    /// A body that cannot be used.
    ///
    /// @param message what is wrong and where; never quotes the body
    public record Refused(String message) implements Reading {}

    /// Reads and checks a request's body: one JSON object, with a model.
    public static Reading read(byte[] body) {
        return new RequestScan(body).read();
    }

    /// How many choices the answer to this operation will have.
    public int choices(Operation operation) {
        return switch (operation) {
            case CHAT_COMPLETIONS -> n;
            case COMPLETIONS -> (int) Math.min(Integer.MAX_VALUE, (long) n * prompts);
            case EMBEDDINGS, MESSAGES, COUNT_TOKENS -> 1;
        };
    }

    /// A model's name as it is to stand in a body, in the place from `modelFrom` to `modelTo`.
    public static byte[] quoted(String model) {
        StringBuilder quoted = new StringBuilder(model.length() + 2);
        JsonText.quote(quoted, model);
        return quoted.toString().getBytes(UTF_8);
    }
}
