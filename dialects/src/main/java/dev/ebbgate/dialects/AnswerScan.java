package dev.ebbgate.dialects;

import org.jspecify.annotations.Nullable;

/// One pass over a buffered answer.
final class AnswerScan {

    private static final byte[] CHOICES = JsonText.bytes("choices");
    private static final byte[] DATA = JsonText.bytes("data");
    private static final byte[] CONTENT = JsonText.bytes("content");
    private static final byte[] INPUT_TOKENS = JsonText.bytes("input_tokens");
    private static final byte[] USAGE = JsonText.bytes("usage");
    private static final byte[] MODEL = JsonText.bytes("model");
    private static final byte[] ERROR = JsonText.bytes("error");
    private static final byte[] OBJECT = JsonText.bytes("object");
    private static final byte[] TYPE = JsonText.bytes("type");

    private final Operation operation;
    private final byte[] needed;
    private final JsonScanner json = new JsonScanner();
    private final Tally tally = new Tally();
    private boolean found;
    private boolean saysError;

    AnswerScan(Operation operation) {
        this.operation = operation;
        this.needed =
                switch (operation) {
                    case CHAT_COMPLETIONS, COMPLETIONS -> CHOICES;
                    case EMBEDDINGS -> DATA;
                    case MESSAGES -> CONTENT;
                    case COUNT_TOKENS -> INPUT_TOKENS;
                };
    }

    Tally tally() {
        return tally;
    }

    /// Whether the body is valid and reports an error.
    boolean failed() {
        return saysError;
    }

    /// Reads the answer; what is wrong with it, or null.
    @Nullable String read(byte[] body, int from, int to) {
        json.over(body, from, to);
        if (json.position() == to) {
            return "the answer is empty";
        }
        if (json.enterObject()) {
            while (json.nextKey()) {
                member(body);
            }
        } else {
            json.skipValue();
            if (json.ended()) {
                return "the answer is not a JSON object";
            }
        }
        if (!json.ended()) {
            saysError = false;
            return "the answer is not valid JSON at byte " + (json.faultAt() - from);
        }
        return found ? null : "the answer has no " + JsonText.decode(needed);
    }

    private void member(byte[] body) {
        if (json.textIs(needed)) {
            readNeeded();
        } else if (json.textIs(USAGE)) {
            tally.readUsage(json);
        } else if (json.textIs(MODEL)) {
            tally.readModel(json, body);
        } else if (json.textIs(ERROR)) {
            saysError |= json.skipTruth();
        } else if (json.textIs(marker())) {
            saysError |= json.readString() && json.textIs(ERROR);
        } else {
            json.skipValue();
        }
    }

    /// The member that names the kind of a body: older vLLM writes `"object":"error"`, Anthropic
    /// `"type":"error"`.
    private byte[] marker() {
        return switch (operation.dialect()) {
            case OPENAI -> OBJECT;
            case ANTHROPIC -> TYPE;
        };
    }

    private void readNeeded() {
        switch (operation) {
            case CHAT_COMPLETIONS, COMPLETIONS -> {
                boolean array = json.peek() == '[';
                found = json.skipFilled() && array;
            }
            case EMBEDDINGS, MESSAGES -> {
                found = json.peek() == '[';
                json.skipValue();
            }
            case COUNT_TOKENS -> {
                tally.readInput(json);
                found = tally.inputTokens() >= 0;
            }
        }
    }
}
