package dev.ebbgate.dialects;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/// The fields of one whole event, as ranges.
///
/// Several `data` lines are joined by LF in a buffer of its own; everything else points into the
/// bytes parsed. Valid until the next event.
final class EventFields {

    private static final byte[] DATA = JsonText.bytes("data");
    private static final byte[] EVENT = JsonText.bytes("event");
    private static final byte[] DONE = JsonText.bytes("[DONE]");
    private static final byte[] NOTHING = {};

    private byte[] event = NOTHING;
    private int nameFrom;
    private int nameTo;
    private byte[] data = NOTHING;
    private int dataFrom;
    private int dataTo;
    private int dataLines;
    private boolean onlyComments;
    private byte[] joined = NOTHING;

    /// Parses the event in this range, which ends with its blank line.
    void parse(byte[] bytes, int from, int to, int lines) {
        event = bytes;
        nameFrom = 0;
        nameTo = 0;
        dataFrom = 0;
        dataTo = 0;
        dataLines = 0;
        onlyComments = lines > 0;
        int at = from;
        for (int i = 0; i < lines; i++) {
            int lineTo = ByteSearch.lineEnd(bytes, at, to);
            field(bytes, at, lineTo);
            at = behindLineEnd(bytes, lineTo);
        }
    }

    /// Parses the whole event in this range, whose lines nobody has counted.
    void parse(byte[] bytes, int from, int to) {
        int lines = 0;
        int at = from;
        int lineTo = ByteSearch.lineEnd(bytes, at, to);
        while (lineTo > at && lineTo < to) {
            lines++;
            at = behindLineEnd(bytes, lineTo);
            lineTo = ByteSearch.lineEnd(bytes, at, to);
        }
        parse(bytes, from, to, lines);
    }

    /// The data; valid until the next event.
    Slice dataSlice() {
        return new Slice(data, dataFrom, dataTo);
    }

    /// The event's name; empty where it has none.
    String name() {
        return new String(event, nameFrom, nameTo - nameFrom, UTF_8);
    }

    byte[] data() {
        return data;
    }

    /// Whether the data is one line of this very array.
    @SuppressWarnings("ReferenceEquality") // positions in it are to be used
    boolean isOneLineOf(byte[] bytes) {
        return data == bytes;
    }

    int dataFrom() {
        return dataFrom;
    }

    int dataTo() {
        return dataTo;
    }

    boolean hasData() {
        return dataTo > dataFrom;
    }

    /// Whether the event has comments and nothing else.
    boolean onlyComments() {
        return onlyComments;
    }

    boolean nameIs(byte[] name) {
        return Arrays.equals(event, nameFrom, nameTo, name, 0, name.length);
    }

    /// Whether the data is OpenAI's formal end.
    boolean saysDone() {
        int to = dataFrom + DONE.length;
        return to <= dataTo
                && data[dataFrom] == '['
                && Arrays.equals(data, dataFrom, to, DONE, 0, DONE.length);
    }

    /// Lets go of the bytes of the last event.
    void forget() {
        event = NOTHING;
        data = NOTHING;
        joined = NOTHING;
    }

    private void field(byte[] bytes, int from, int to) {
        if (bytes[from] == ':') {
            return;
        }
        onlyComments = false;
        int colon = colon(bytes, from, to);
        int value = colon < to ? colon + 1 : to;
        if (value < to && bytes[value] == ' ') {
            value++;
        }
        if (Arrays.equals(bytes, from, colon, DATA, 0, DATA.length)) {
            dataLine(bytes, value, to);
        } else if (Arrays.equals(bytes, from, colon, EVENT, 0, EVENT.length)) {
            nameFrom = value;
            nameTo = to;
        }
    }

    private static int colon(byte[] bytes, int from, int to) {
        // No field that counts has a longer name: a long line without colon is not searched.
        int limit = Math.min(to, from + EVENT.length + 1);
        for (int at = from; at < limit; at++) {
            if (bytes[at] == ':') {
                return at;
            }
        }
        return to;
    }

    private void dataLine(byte[] bytes, int from, int to) {
        dataLines++;
        if (dataLines == 1) {
            data = bytes;
            dataFrom = from;
            dataTo = to;
            return;
        }
        join(bytes, from, to);
    }

    private void join(byte[] bytes, int from, int to) {
        int before = dataTo - dataFrom;
        int length = before + 1 + to - from;
        if (dataLines == 2) {
            byte[] target = joined.length >= length ? joined : new byte[length];
            System.arraycopy(data, dataFrom, target, 0, before);
            joined = target;
        } else if (joined.length < length) {
            joined = Arrays.copyOf(joined, Math.max(length, 2 * joined.length));
        }
        joined[before] = '\n';
        System.arraycopy(bytes, from, joined, before + 1, to - from);
        data = joined;
        dataFrom = 0;
        dataTo = length;
    }

    private static int behindLineEnd(byte[] bytes, int at) {
        boolean crLf = bytes[at] == '\r' && at + 1 < bytes.length && bytes[at + 1] == '\n';
        return crLf ? at + 2 : at + 1;
    }
}
