package dev.ebbgate.sim.script;

/// What an answer says. `choices` is -1 for as many as the request asks, -2 for an answer that
/// lacks the member; `promptTokens` is -1 for an estimate from the size of the request.
public record Content(
        Form form,
        int tokens,
        int reasoning,
        int choices,
        int tokenBytes,
        int promptTokens,
        Usage usage,
        long seed) {

    public static final int AS_ASKED = -1;
    public static final int NO_MEMBER = -2;

    /// The kind of thing the tokens are.
    public enum Form {
        TEXT,
        TOOL,
        TOOL_BUFFERED
    }

    /// Whether usage is told at the end of an OpenAI stream.
    public enum Usage {
        ASKED,
        ALWAYS,
        NEVER
    }

    static Content of(Terms terms, long seed) {
        return new Content(
                terms.choice("content", Form.class),
                terms.count("tokens", 0),
                terms.count("reasoning", 0),
                terms.is("choices", "none") ? NO_MEMBER : terms.count("choices", AS_ASKED),
                terms.bytes("token-bytes", 0),
                terms.count("prompt-tokens", AS_ASKED),
                terms.choice("usage", Usage.class),
                terms.is("seed", "auto") ? seed : terms.count("seed", 0));
    }
}
