package dev.ebbgate.dialects;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;

/// JSON strings, from bytes and to text.
final class JsonText {

    private static final char LINE_SEPARATOR = '\u2028';
    private static final char PARAGRAPH_SEPARATOR = '\u2029';
    private static final char DELETE = '\u007f';

    private JsonText() {}

    /// The length of the escape that starts with the backslash at `at`; 0 if it is none.
    static int escapeLength(byte[] bytes, int at, int end) {
        if (at + 1 >= end) {
            return 0;
        }
        return switch (bytes[at + 1]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> 2;
            case 'u' -> hex(bytes, at + 2, end) >= 0 ? 6 : 0;
            default -> 0;
        };
    }

    /// The bytes of a key or word.
    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    static String decode(byte[] text) {
        return decode(text, 0, text.length);
    }

    /// The text of a valid JSON string, given what is between its quotes.
    static String decode(byte[] bytes, int from, int to) {
        int backslash = backslash(bytes, from, to);
        if (backslash == to) {
            return new String(bytes, from, to - from, UTF_8);
        }
        StringBuilder text = new StringBuilder(to - from);
        int at = from;
        while (backslash < to) {
            text.append(new String(bytes, at, backslash - at, UTF_8));
            text.append(unescape(bytes, backslash, to));
            at = backslash + escapeLength(bytes, backslash, to);
            backslash = backslash(bytes, at, to);
        }
        return text.append(new String(bytes, at, to - at, UTF_8)).toString();
    }

    /// Appends the text as a JSON string, quotes included, on one line in every reading of "line".
    /// Half a surrogate pair, which has no bytes of its own, stays an escape.
    static void quote(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (Character.isHighSurrogate(c)
                            && i + 1 < text.length()
                            && Character.isLowSurrogate(text.charAt(i + 1))) {
                        i++;
                        out.append(c).append(text.charAt(i));
                    } else {
                        plainOrCode(out, c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static void plainOrCode(StringBuilder out, char c) {
        boolean plain =
                c >= ' '
                        && c != DELETE
                        && c != LINE_SEPARATOR
                        && c != PARAGRAPH_SEPARATOR
                        && !Character.isSurrogate(c);
        if (plain) {
            out.append(c);
        } else {
            out.append("\\u").append(HexFormat.of().toHexDigits(c));
        }
    }

    private static int backslash(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != '\\') {
            at++;
        }
        return at;
    }

    private static char unescape(byte[] bytes, int at, int end) {
        return switch (bytes[at + 1]) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> (char) hex(bytes, at + 2, end);
            default -> (char) bytes[at + 1];
        };
    }

    private static int hex(byte[] bytes, int at, int end) {
        if (at + 4 > end) {
            return -1;
        }
        int value = 0;
        for (int i = at; i < at + 4; i++) {
            int digit = Character.digit(bytes[i], 16);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }
}
