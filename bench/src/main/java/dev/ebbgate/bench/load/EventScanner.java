package dev.ebbgate.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

/// Counts the server-sent events of one body, however the bytes are cut; comments are not events.
final class EventScanner {
    private static final byte[] DONE = "data: [DONE]".getBytes(US_ASCII);
    private static final byte[] ERROR = "data: {\"error\"".getBytes(US_ASCII);
    private static final int STAMP_DIGITS = 19;

    private final byte[] start = new byte[ERROR.length];
    private int length;
    private boolean lineEnded;
    private int digits = -1;
    private long number;

    private int events;
    private boolean done;
    private boolean error;
    private long stamp;

    void reset() {
        length = 0;
        lineEnded = false;
        digits = -1;
        events = 0;
        done = false;
        error = false;
        stamp = 0;
    }

    /// Whole events seen, `[DONE]` and errors included.
    int events() {
        return events;
    }

    /// Whether `[DONE]` was the last event.
    boolean done() {
        return done;
    }

    /// Whether an error frame came.
    boolean error() {
        return error;
    }

    /// The provider's clock reading in the last stamped token, or 0.
    long stamp() {
        return stamp;
    }

    void feed(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (b != '\n') {
                lineEnded = false;
                note(b);
            } else if (lineEnded) {
                endEvent();
            } else {
                lineEnded = true;
            }
        }
    }

    private void note(byte b) {
        if (length < start.length) {
            start[length] = b;
        }
        length++;
        if (b == '@') {
            digits = 0;
            number = 0;
        } else if (digits >= 0) {
            digit(b);
        }
    }

    private void digit(byte b) {
        if (b < '0' || b > '9') {
            digits = -1;
            return;
        }
        number = number * 10 + (b - '0');
        digits++;
        if (digits == STAMP_DIGITS) {
            stamp = number;
            digits = -1;
        }
    }

    private void endEvent() {
        if (length > 0 && start[0] != ':') {
            events++;
            done = starts(DONE);
            error |= starts(ERROR);
        }
        length = 0;
        lineEnded = false;
    }

    private boolean starts(byte[] with) {
        if (length < with.length) {
            return false;
        }
        for (int i = 0; i < with.length; i++) {
            if (start[i] != with[i]) {
                return false;
            }
        }
        return true;
    }
}
