package dev.ebbgate.dialects;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A range of bytes, mostly one JSON value; valid as long as nobody writes into them. Its text
/// never shows in [Object#toString].
final class Slice {

    private final byte[] bytes;
    private final int from;
    private final int to;

    Slice(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
    }

    static Slice of(byte[] all) {
        return new Slice(all, 0, all.length);
    }

    /// The value that the scanner stands before, which it passes over.
    static Slice next(JsonScanner json, byte[] bytes) {
        int start = json.position();
        json.skipValue();
        return new Slice(bytes, start, json.position());
    }

    /// The elements of this array; none if it is no array.
    static List<Slice> elements(@Nullable Slice array) {
        List<Slice> elements = new ArrayList<>();
        if (array == null) {
            return elements;
        }
        JsonScanner json = new JsonScanner().over(array.bytes, array.from, array.to);
        if (json.enterArray()) {
            while (json.nextElement()) {
                elements.add(next(json, array.bytes));
            }
        }
        return elements;
    }

    byte[] bytes() {
        return bytes;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    int length() {
        return to - from;
    }

    byte first() {
        return bytes[from];
    }

    boolean isNull() {
        return first() == 'n';
    }

    boolean isString() {
        return first() == '"';
    }

    /// Whether this value is null, `""`, `{}` or `[]`.
    boolean saysNothing() {
        return switch (first()) {
            case 'n' -> true;
            case '"' -> length() == 2;
            case '{', '[' -> onlySpaceInside();
            default -> false;
        };
    }

    private boolean onlySpaceInside() {
        for (int at = from + 1; at < to - 1; at++) {
            if (bytes[at] > ' ') {
                return false;
            }
        }
        return true;
    }

    /// What stands between the first and the last byte: between quotes, brackets or braces.
    Slice inside() {
        return new Slice(bytes, from + 1, to - 1);
    }

    boolean sameAs(Slice other) {
        return Arrays.equals(bytes, from, to, other.bytes, other.from, other.to);
    }

    byte[] copy() {
        return Arrays.copyOfRange(bytes, from, to);
    }

    Slice copied() {
        return of(copy());
    }

    /// The JSON as it stands.
    String text() {
        return new String(bytes, from, length(), UTF_8);
    }

    /// The text of this JSON string, given without its quotes.
    String decoded() {
        return JsonText.decode(bytes, from, to);
    }
}
