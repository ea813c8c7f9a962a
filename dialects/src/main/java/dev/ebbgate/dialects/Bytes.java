package dev.ebbgate.dialects;

import java.util.Arrays;

/// Bytes that grow at their end.
final class Bytes {

    private static final int SMALLEST = 32;

    private byte[] bytes = new byte[SMALLEST];
    private int length;

    int length() {
        return length;
    }

    Bytes append(byte[] source, int from, int to) {
        int wanted = Math.addExact(length, to - from);
        if (wanted > bytes.length) {
            long roomy = Math.max(wanted, Math.min(2L * bytes.length, Integer.MAX_VALUE - 8));
            bytes = Arrays.copyOf(bytes, (int) roomy);
        }
        System.arraycopy(source, from, bytes, length, to - from);
        length = wanted;
        return this;
    }

    Bytes append(byte[] source) {
        return append(source, 0, source.length);
    }

    Bytes append(Slice slice) {
        return append(slice.bytes(), slice.from(), slice.to());
    }

    Bytes append(Bytes other) {
        return append(other.bytes, 0, other.length);
    }

    Bytes append(String text) {
        return append(JsonText.bytes(text));
    }

    /// Writes spaces where lines end.
    void blankLineEnds(int from) {
        for (int at = from; at < length; at++) {
            if (bytes[at] == '\n' || bytes[at] == '\r') {
                bytes[at] = ' ';
            }
        }
    }

    void clear() {
        length = 0;
    }

    /// A view of what is there now; valid until the next change.
    Slice slice() {
        return new Slice(bytes, 0, length);
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, length);
    }
}
