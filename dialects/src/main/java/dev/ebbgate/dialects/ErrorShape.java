package dev.ebbgate.dialects;

import dev.ebbgate.core.config.Dialect;

import org.jspecify.annotations.Nullable;

/// What a provider's error JSON says, and where something can be added to its `error` object.
final class ErrorShape {

    private static final byte[] ERROR = JsonText.bytes("error");
    private static final byte[] DETAIL = JsonText.bytes("detail");
    private static final byte[] OBJECT = JsonText.bytes("object");
    private static final byte[] TYPE = JsonText.bytes("type");
    private static final byte[] CODE = JsonText.bytes("code");
    private static final byte[] MESSAGE = JsonText.bytes("message");
    private static final byte[] INNER_ERROR = JsonText.bytes("innererror");
    private static final byte[] METADATA = JsonText.bytes("metadata");
    private static final byte[] FLAGGED_INPUT = JsonText.bytes("flagged_input");
    private static final byte[] EBBGATE = JsonText.bytes("ebbgate");

    private final byte[] bytes;
    private final JsonScanner json = new JsonScanner();
    private boolean valid;
    private boolean saysError;
    private boolean flat;
    private boolean errorString;
    private int objectEnd = -1;
    private boolean objectEmpty = true;
    private int ownFrom = -1;
    private int ownTo = -1;
    private @Nullable String type;
    private @Nullable String code;
    private @Nullable String message;
    private @Nullable String innerCode;
    private boolean inputFlagged;
    private @Nullable String detail;
    private final Dialect dialect;

    private ErrorShape(Dialect dialect, byte[] bytes) {
        this.dialect = dialect;
        this.bytes = bytes;
    }

    static ErrorShape of(Dialect dialect, byte[] bytes) {
        ErrorShape shape = new ErrorShape(dialect, bytes);
        shape.read();
        return shape;
    }

    /// Whether the dialect's clients understand it as it is.
    boolean wellFormed() {
        return valid
                && switch (dialect) {
                    case OPENAI -> objectEnd >= 0 || errorString || (flat && message != null);
                    case ANTHROPIC -> objectEnd >= 0 && saysError;
                };
    }

    /// Whether the `error` object can be handed on with something added.
    boolean extensible() {
        return wellFormed() && objectEnd >= 0;
    }

    /// The index of the brace that closes the `error` object.
    int objectEnd() {
        return objectEnd;
    }

    boolean objectEmpty() {
        return objectEmpty;
    }

    /// Start of the value of an `ebbgate` that another gateway left there, or -1.
    int ownFrom() {
        return ownFrom;
    }

    int ownTo() {
        return ownTo;
    }

    @Nullable String type() {
        return type;
    }

    @Nullable String code() {
        return code;
    }

    /// The message; of a server that knows no dialect, its `detail`.
    @Nullable String message() {
        return message == null ? detail : message;
    }

    /// The `code` of Azure's `innererror`.
    @Nullable String innerCode() {
        return innerCode;
    }

    /// Whether OpenRouter's `metadata` quotes an input that was flagged.
    boolean inputFlagged() {
        return inputFlagged;
    }

    private void read() {
        json.over(bytes, 0, bytes.length);
        if (!json.enterObject()) {
            return;
        }
        Words top = new Words();
        while (json.nextKey()) {
            if (json.textIs(ERROR)) {
                readError();
            } else if (json.textIs(OBJECT)) {
                flat = json.readString() && json.textIs(ERROR);
            } else if (json.textIs(DETAIL)) {
                detail = json.readString() ? text(ProviderError.MAX_MESSAGE) : null;
            } else {
                top.member();
            }
        }
        valid = json.ended();
        saysError = "error".equals(top.type);
        flat |= top.code != null;
        if (objectEnd < 0 && !errorString) {
            keep(top);
        }
    }

    private void readError() {
        if (json.peek() == '"') {
            errorString = json.readString();
            message = text(ProviderError.MAX_MESSAGE);
            return;
        }
        if (!json.enterObject()) {
            json.skipValue();
            return;
        }
        Words words = new Words();
        objectEmpty = true;
        ownFrom = -1;
        while (json.nextKey()) {
            objectEmpty = false;
            if (json.textIs(EBBGATE)) {
                ownFrom = json.position();
                json.skipValue();
                ownTo = json.position();
            } else if (json.textIs(INNER_ERROR)) {
                readInner();
            } else if (json.textIs(METADATA)) {
                readMetadata();
            } else {
                words.member();
            }
        }
        objectEnd = json.position() - 1;
        keep(words);
    }

    private void readInner() {
        if (!json.enterObject()) {
            json.skipValue();
            return;
        }
        Words words = new Words();
        while (json.nextKey()) {
            words.member();
        }
        innerCode = words.code;
    }

    private void readMetadata() {
        if (!json.enterObject()) {
            json.skipValue();
            return;
        }
        while (json.nextKey()) {
            inputFlagged |= json.textIs(FLAGGED_INPUT);
            json.skipValue();
        }
    }

    private void keep(Words words) {
        type = words.type;
        code = words.code;
        message = words.message;
    }

    private String text(int longest) {
        String text = json.text();
        return text.length() <= longest ? text : text.substring(0, longest);
    }

    /// `type`, `code` and `message` of one object.
    private final class Words {

        private @Nullable String type;
        private @Nullable String code;
        private @Nullable String message;

        private void member() {
            if (json.textIs(TYPE)) {
                type = word(ProviderError.MAX_WORD);
            } else if (json.textIs(CODE)) {
                code = json.peek() == '"' ? word(ProviderError.MAX_WORD) : number();
            } else if (json.textIs(MESSAGE)) {
                message = word(ProviderError.MAX_MESSAGE);
            } else {
                json.skipValue();
            }
        }

        private @Nullable String word(int longest) {
            return json.readString() ? text(longest) : null;
        }

        private @Nullable String number() {
            long number = json.readInteger();
            return number < 0 ? null : Long.toString(number);
        }
    }
}
