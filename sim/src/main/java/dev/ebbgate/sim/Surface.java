package dev.ebbgate.sim;

import dev.ebbgate.sim.frames.Answer;
import dev.ebbgate.sim.frames.AnthropicMessages;
import dev.ebbgate.sim.frames.Frames;
import dev.ebbgate.sim.frames.OpenAiChat;
import dev.ebbgate.sim.frames.OpenAiCompletion;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/// The provider paths that are answered by script.
enum Surface {
    CHAT("/v1/chat/completions", false),
    COMPLETION("/v1/completions", false),
    EMBEDDINGS("/v1/embeddings", false),
    MESSAGES("/v1/messages", true),
    COUNT_TOKENS("/v1/messages/count_tokens", true);

    private static final Map<String, Surface> BY_PATH =
            Map.of(
                    CHAT.path, CHAT,
                    COMPLETION.path, COMPLETION,
                    EMBEDDINGS.path, EMBEDDINGS,
                    MESSAGES.path, MESSAGES,
                    COUNT_TOKENS.path, COUNT_TOKENS);

    private final String path;
    private final boolean anthropic;

    Surface(String path, boolean anthropic) {
        this.path = path;
        this.anthropic = anthropic;
    }

    static @Nullable Surface at(String path) {
        return BY_PATH.get(path);
    }

    boolean anthropic() {
        return anthropic;
    }

    boolean streams() {
        return this == CHAT || this == COMPLETION || this == MESSAGES;
    }

    String idHeader() {
        return anthropic ? "request-id" : "x-request-id";
    }

    Frames frames(Answer answer) {
        return switch (this) {
            case COMPLETION -> new OpenAiCompletion(answer);
            case MESSAGES, COUNT_TOKENS -> new AnthropicMessages(answer);
            case CHAT, EMBEDDINGS -> new OpenAiChat(answer);
        };
    }
}
