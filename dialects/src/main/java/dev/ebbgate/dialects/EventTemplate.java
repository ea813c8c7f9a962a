package dev.ebbgate.dialects;

import java.util.Arrays;

/// Knows the next event of a stream by the last one: the events in which a model speaks differ in
/// nothing but one string. An event that equals the last such event outside of its string, and
/// whose string is non-empty and plain, is valid and substantive because that one was; two
/// comparisons say so without reading it again. Whatever is not alike is left to the classifier.
final class EventTemplate {

    /// Longer events are not worth remembering: their strings dominate, or they are rare.
    private static final int LONGEST_BYTES = 1024;

    private static final byte[] NOTHING = {};

    private byte[] before = NOTHING;
    private byte[] behind = NOTHING;
    private int beforeLength;
    private int behindLength;

    /// Takes a substantive event as the pattern for the next.
    ///
    /// @param stringFrom where the text of its one string begins, behind the quote
    /// @param stringTo where it ends, at the closing quote
    void learn(byte[] bytes, int from, int to, int stringFrom, int stringTo) {
        int newBefore = stringFrom - from;
        int newBehind = to - stringTo;
        beforeLength = 0;
        if (newBefore + newBehind > LONGEST_BYTES || !endsWithBlankLine(bytes, to)) {
            return;
        }
        before = roomFor(before, newBefore);
        behind = roomFor(behind, newBehind);
        System.arraycopy(bytes, from, before, 0, newBefore);
        System.arraycopy(bytes, stringTo, behind, 0, newBehind);
        beforeLength = newBefore;
        behindLength = newBehind;
    }

    private static boolean endsWithBlankLine(byte[] bytes, int to) {
        return bytes[to - 1] == '\n' && bytes[to - 2] == '\n';
    }

    private static byte[] roomFor(byte[] array, int length) {
        return array.length >= length ? array : new byte[length];
    }

    /// The end of the event that begins at `from`, if it is alike; else -1.
    int match(byte[] bytes, int from, int to) {
        int string = from + beforeLength;
        if (beforeLength == 0
                || string + behindLength >= to
                || !Arrays.equals(bytes, from, string, before, 0, beforeLength)) {
            return -1;
        }
        int quote = ByteSearch.stringStop(bytes, string, to);
        int end = quote + behindLength;
        boolean alike =
                quote > string
                        && end <= to
                        && Arrays.equals(bytes, quote, end, behind, 0, behindLength);
        return alike ? end : -1;
    }
}
