package dev.ebbgate.dialects;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/// What a provider has said of its answer so far: the model and the tokens used.
final class Tally {

    private static final byte[] PROMPT_TOKENS = JsonText.bytes("prompt_tokens");
    private static final byte[] COMPLETION_TOKENS = JsonText.bytes("completion_tokens");
    private static final byte[] INPUT_TOKENS = JsonText.bytes("input_tokens");
    private static final byte[] OUTPUT_TOKENS = JsonText.bytes("output_tokens");

    private long inputTokens = -1;
    private long outputTokens = -1;
    private byte @Nullable [] model;

    /// Tokens of the prompt; -1 where not told.
    long inputTokens() {
        return inputTokens;
    }

    /// Tokens of the answer; -1 where not told.
    long outputTokens() {
        return outputTokens;
    }

    /// The model that answered, by its own account.
    @Nullable String model() {
        return model == null ? null : JsonText.decode(model);
    }

    boolean modelKnown() {
        return model != null;
    }

    /// Reads the value ahead as the model's name; the bytes are decoded when asked for.
    void readModel(JsonScanner json, byte[] source) {
        if (json.readString() && json.textTo() > json.textFrom()) {
            model = Arrays.copyOfRange(source, json.textFrom(), json.textTo());
        }
    }

    /// Reads the value ahead as a `usage` object, in either dialect's words.
    void readUsage(JsonScanner json) {
        if (!json.enterObject()) {
            json.skipValue();
            return;
        }
        while (json.nextKey()) {
            if (json.textIs(PROMPT_TOKENS) || json.textIs(INPUT_TOKENS)) {
                readInput(json);
            } else if (json.textIs(COMPLETION_TOKENS) || json.textIs(OUTPUT_TOKENS)) {
                outputTokens = Math.max(outputTokens, json.readInteger());
            } else {
                json.skipValue();
            }
        }
    }

    /// Reads the value ahead as the number of input tokens.
    void readInput(JsonScanner json) {
        inputTokens = Math.max(inputTokens, json.readInteger());
    }
}
