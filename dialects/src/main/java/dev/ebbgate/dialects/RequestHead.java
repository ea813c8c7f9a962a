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

    /// A copy of the body with another model in it and every other byte as it was.
    public byte[] spliceModel(byte[] body, String other) {
        StringBuilder quoted = new StringBuilder(other.length() + 2);
        JsonText.quote(quoted, other);
        byte[] name = quoted.toString().getBytes(UTF_8);
        byte[] out = new byte[body.length - (modelTo - modelFrom) + name.length];
        System.arraycopy(body, 0, out, 0, modelFrom);
        System.arraycopy(name, 0, out, modelFrom, name.length);
        System.arraycopy(body, modelTo, out, modelFrom + name.length, body.length - modelTo);
        return out;
    }
}
