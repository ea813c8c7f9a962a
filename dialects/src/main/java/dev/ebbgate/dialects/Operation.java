package dev.ebbgate.dialects;

import dev.ebbgate.core.config.Dialect;

import java.util.Optional;

/// What a client can ask of a provider: its dialect, and its path on both sides.
public enum Operation {
    CHAT_COMPLETIONS(Dialect.OPENAI, "/v1/chat/completions", "/chat/completions", true),
    COMPLETIONS(Dialect.OPENAI, "/v1/completions", "/completions", true),
    EMBEDDINGS(Dialect.OPENAI, "/v1/embeddings", "/embeddings", false),
    MESSAGES(Dialect.ANTHROPIC, "/v1/messages", "/v1/messages", true),
    COUNT_TOKENS(
            Dialect.ANTHROPIC, "/v1/messages/count_tokens", "/v1/messages/count_tokens", false);

    private final Dialect dialect;
    private final String path;
    private final String upstreamPath;
    private final boolean streamable;

    Operation(Dialect dialect, String path, String upstreamPath, boolean streamable) {
        this.dialect = dialect;
        this.path = path;
        this.upstreamPath = upstreamPath;
        this.streamable = streamable;
    }

    /// The operation that clients reach at this path (without query), if there is one.
    public static Optional<Operation> at(String path) {
        for (Operation operation : values()) {
            if (operation.path.equals(path)) {
                return Optional.of(operation);
            }
        }
        return Optional.empty();
    }

    public Dialect dialect() {
        return dialect;
    }

    /// The path at the door.
    public String path() {
        return path;
    }

    /// The path to append to a `base-url` as the dialect's official SDK takes it: OpenAI's ends in
    /// `/v1`, Anthropic's does not.
    public String upstreamPath() {
        return upstreamPath;
    }

    /// Whether the answer can be a stream; where it cannot, `stream` in a request means nothing.
    public boolean streamable() {
        return streamable;
    }
}
