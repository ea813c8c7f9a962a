package dev.ebbgate.dialects;

/// A cursor over one JSON text: strict grammar, one linear pass, no tree, no recursion, nothing
/// allocated.
///
/// The caller walks the levels it knows ([#enterObject], [#nextKey], [#nextElement]) and passes
/// over all else ([#skipValue]). After a positive answer of `nextKey` or `nextElement` exactly one
/// value must be read. A fault is sticky: from then on every loop ends, and [#ended] is false. That
/// strings are valid UTF-8 is not checked. Not thread-safe; to be reused.
final class JsonScanner {

    /// Deeper nesting is refused.
    static final int MAX_DEPTH = 512;

    private static final int SEVERAL = 2;

    private static final byte[] NOTHING = {};
    private static final byte[] TRUE = JsonText.bytes("true");
    private static final byte[] FALSE = JsonText.bytes("false");
    private static final byte[] NULL = JsonText.bytes("null");

    private final long[] objects = new long[MAX_DEPTH / Long.SIZE];
    private byte[] bytes = NOTHING;
    private int pos;
    private int end;
    private int depth;
    private boolean first;
    private int faultAt = -1;
    private boolean tooDeep;
    private int textFrom;
    private int textTo;
    private boolean textEscaped;
    private int fills;
    private int fillFrom;
    private int fillTo;

    /// Lets go of the bytes it stands in.
    void forget() {
        over(NOTHING, 0, 0);
    }

    /// Starts over, in front of the value in this range.
    JsonScanner over(byte[] source, int from, int to) {
        bytes = source;
        pos = from;
        end = to;
        depth = 0;
        first = false;
        faultAt = -1;
        tooDeep = false;
        fills = 0;
        skipSpace();
        return this;
    }

    /// Whether one whole value and nothing else was read.
    boolean ended() {
        if (faultAt >= 0 || depth > 0) {
            return false;
        }
        skipSpace();
        return pos == end || fail();
    }

    /// Where the text is no JSON, or -1.
    int faultAt() {
        return faultAt;
    }

    /// Whether the fault is [#MAX_DEPTH].
    boolean tooDeep() {
        return tooDeep;
    }

    /// Where the next byte will be read.
    int position() {
        return pos;
    }

    /// The first byte of the value ahead, or -1 at the end.
    int peek() {
        return pos < end ? bytes[pos] : -1;
    }

    /// Enters the value ahead if it is an object.
    boolean enterObject() {
        return peek() == '{' && enter(true);
    }

    /// Enters the value ahead if it is an array.
    boolean enterArray() {
        return peek() == '[' && enter(false);
    }

    /// Moves to the value of the next key, which [#textIs] then compares; false when the object has
    /// been left.
    boolean nextKey() {
        skipSpace();
        if (peek() == '}') {
            return leave();
        }
        if (!separator() || !string()) {
            return false;
        }
        skipSpace();
        if (peek() != ':') {
            return fail();
        }
        pos++;
        skipSpace();
        return pos < end || fail();
    }

    /// Moves to the next element; false when the array has been left.
    boolean nextElement() {
        skipSpace();
        if (peek() == ']') {
            return leave();
        }
        return separator() && (pos < end || fail());
    }

    /// Passes over the value ahead, whatever it is.
    void skipValue() {
        int outside = depth;
        beginValue();
        while (depth > outside) {
            if (inObject() ? nextKey() : nextElement()) {
                beginValue();
            }
        }
    }

    /// Passes over the value ahead and tells whether it is a non-empty string, array or object.
    boolean skipFilled() {
        int open = peek();
        if (open == '"') {
            boolean text = string() && textTo > textFrom;
            if (text) {
                fills++;
                fillFrom = textFrom;
                fillTo = textTo;
            }
            return text;
        }
        boolean filled = (open == '{' || open == '[') && !emptyContainerAhead();
        fills += filled ? SEVERAL : 0;
        skipValue();
        return filled;
    }

    /// Passes over the value ahead and tells whether official clients take it for something: all
    /// but `null`, `false`, `0` and the empty string.
    boolean skipTruth() {
        int open = peek();
        if (open == '"') {
            return string() && textTo > textFrom;
        }
        int from = pos;
        skipValue();
        boolean zero = open == '0' && pos - from == 1;
        return open != 'n' && open != 'f' && !zero;
    }

    /// Whether all that [#skipFilled] has found filled since [#over] is one string, between
    /// [#fillFrom] and [#fillTo].
    boolean onlyOneStringFilled() {
        return fills == 1;
    }

    int fillFrom() {
        return fillFrom;
    }

    int fillTo() {
        return fillTo;
    }

    /// Reads the value ahead if it is a string; [#textIs] and its kin then speak of it. Anything
    /// else is passed over.
    boolean readString() {
        if (peek() == '"') {
            return string();
        }
        skipValue();
        return false;
    }

    /// Reads the value ahead if it is a non-negative integer of at most 18 digits; -1 for anything
    /// else.
    long readInteger() {
        int from = pos;
        skipValue();
        if (faultAt >= 0 || pos - from > 18) {
            return -1;
        }
        long value = 0;
        for (int at = from; at < pos; at++) {
            if (bytes[at] < '0' || bytes[at] > '9') {
                return -1;
            }
            value = value * 10 + (bytes[at] - '0');
        }
        return value;
    }

    /// Whether the key or string read last is this one.
    boolean textIs(byte[] name) {
        if (textEscaped) {
            return JsonText.decode(bytes, textFrom, textTo).equals(JsonText.decode(name));
        }
        if (textTo - textFrom != name.length) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (bytes[textFrom + i] != name[i]) {
                return false;
            }
        }
        return true;
    }

    /// Start of the key or string read last, behind its quote.
    int textFrom() {
        return textFrom;
    }

    /// End of the key or string read last, at its closing quote.
    int textTo() {
        return textTo;
    }

    /// The key or string read last.
    String text() {
        return JsonText.decode(bytes, textFrom, textTo);
    }

    private void beginValue() {
        switch (peek()) {
            case '"' -> string();
            case '{' -> enter(true);
            case '[' -> enter(false);
            case 't' -> literal(TRUE);
            case 'f' -> literal(FALSE);
            case 'n' -> literal(NULL);
            default -> number();
        }
    }

    private boolean enter(boolean object) {
        if (depth == MAX_DEPTH) {
            tooDeep = true;
            return fail();
        }
        long bit = 1L << depth;
        int word = depth >>> 6;
        objects[word] = object ? objects[word] | bit : objects[word] & ~bit;
        depth++;
        pos++;
        first = true;
        return true;
    }

    private boolean leave() {
        depth--;
        pos++;
        first = false;
        return false;
    }

    private boolean inObject() {
        int level = depth - 1;
        return (objects[level >>> 6] & (1L << level)) != 0;
    }

    private boolean separator() {
        if (first) {
            first = false;
            return true;
        }
        if (peek() != ',') {
            return fail();
        }
        pos++;
        skipSpace();
        return true;
    }

    private boolean emptyContainerAhead() {
        int at = pos + 1;
        while (at < end && isSpace(bytes[at])) {
            at++;
        }
        return at < end && (bytes[at] == '}' || bytes[at] == ']');
    }

    private boolean string() {
        if (peek() != '"') {
            return fail();
        }
        int at = pos + 1;
        textFrom = at;
        textEscaped = false;
        while (true) {
            at = ByteSearch.stringStop(bytes, at, end);
            if (at == end || (bytes[at] >= 0 && bytes[at] < ' ')) {
                return failAt(at);
            }
            if (bytes[at] == '"') {
                textTo = at;
                pos = at + 1;
                return true;
            }
            textEscaped = true;
            int length = JsonText.escapeLength(bytes, at, end);
            if (length == 0) {
                return failAt(at);
            }
            at += length;
        }
    }

    private void number() {
        if (peek() == '-') {
            pos++;
        }
        if (peek() == '0') {
            pos++;
        } else {
            digits();
        }
        if (peek() == '.') {
            pos++;
            digits();
        }
        if (peek() == 'e' || peek() == 'E') {
            pos++;
            if (peek() == '+' || peek() == '-') {
                pos++;
            }
            digits();
        }
    }

    private void digits() {
        int at = pos;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        if (at == pos) {
            fail();
        } else {
            pos = at;
        }
    }

    private void literal(byte[] word) {
        int to = pos + word.length;
        if (to > end) {
            failAt(end);
            return;
        }
        for (int i = 1; i < word.length; i++) {
            if (bytes[pos + i] != word[i]) {
                failAt(pos + i);
                return;
            }
        }
        pos = to;
    }

    private void skipSpace() {
        int at = pos;
        while (at < end && isSpace(bytes[at])) {
            at++;
        }
        pos = at;
    }

    private static boolean isSpace(byte octet) {
        return octet <= ' ' && (octet == ' ' || octet == '\n' || octet == '\r' || octet == '\t');
    }

    private boolean fail() {
        return failAt(pos);
    }

    private boolean failAt(int at) {
        if (faultAt < 0) {
            faultAt = at;
        }
        pos = end;
        depth = 0;
        return false;
    }
}
