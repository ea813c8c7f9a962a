package dev.ebbgate.bench.load;

import java.util.Locale;

/// Reads one HTTP/1.1 answer, however the bytes are cut, and says when it is whole.
///
/// Knows `content-length`, `chunked` and bodies that end with the connection.
public final class AnswerReader {
    private enum At {
        HEAD,
        SIZED_BODY,
        OPEN_BODY,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILER,
        WHOLE
    }

    private static final int EXCERPT = 300;

    private final EventScanner scanner = new EventScanner();
    private final StringBuilder line = new StringBuilder();
    private final StringBuilder excerpt = new StringBuilder();
    private At at = At.HEAD;
    private int status;
    private long left;
    private boolean chunked;
    private boolean sized;
    private long bodyBytes;

    /// Makes ready for the next answer on the same connection.
    public void reset() {
        scanner.reset();
        line.setLength(0);
        excerpt.setLength(0);
        at = At.HEAD;
        status = 0;
        left = 0;
        chunked = false;
        sized = false;
        bodyBytes = 0;
    }

    /// Takes more bytes; returns whether the answer is whole now. Bytes after the end are ignored.
    public boolean feed(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && at != At.WHOLE) {
            i =
                    switch (at) {
                        case SIZED_BODY, OPEN_BODY, CHUNK -> body(bytes, i, to);
                        case HEAD, CHUNK_SIZE, CHUNK_END, TRAILER -> text(bytes[i], i);
                        case WHOLE -> to;
                    };
        }
        return at == At.WHOLE;
    }

    private int body(byte[] bytes, int from, int to) {
        int end = at == At.OPEN_BODY ? to : (int) Math.min(to, from + left);
        scanner.feed(bytes, from, end);
        for (int i = from; status != 200 && i < end && excerpt.length() < EXCERPT; i++) {
            excerpt.append((char) bytes[i]);
        }
        bodyBytes += end - from;
        left -= end - from;
        if (left == 0 && at != At.OPEN_BODY) {
            at = at == At.CHUNK ? At.CHUNK_END : At.WHOLE;
        }
        return end;
    }

    private int text(byte b, int i) {
        if (b == '\n') {
            endLine();
            line.setLength(0);
        } else if (b != '\r') {
            line.append((char) b);
        }
        return i + 1;
    }

    private void endLine() {
        switch (at) {
            case HEAD -> headLine();
            case CHUNK_SIZE -> {
                left = Long.parseLong(line, 0, sizeEnd(), 16);
                at = left == 0 ? At.TRAILER : At.CHUNK;
            }
            case CHUNK_END -> at = At.CHUNK_SIZE;
            case TRAILER -> at = line.isEmpty() ? At.WHOLE : At.TRAILER;
            case SIZED_BODY, OPEN_BODY, CHUNK, WHOLE ->
                    throw new IllegalStateException("no line ends in " + at);
        }
    }

    private int sizeEnd() {
        int semicolon = line.indexOf(";");
        return semicolon < 0 ? line.length() : semicolon;
    }

    private void headLine() {
        if (status == 0) {
            status = Integer.parseInt(line, 9, 12, 10);
        } else if (!line.isEmpty()) {
            field(line.toString().toLowerCase(Locale.ROOT));
        } else if (chunked) {
            at = At.CHUNK_SIZE;
        } else if (sized) {
            at = left == 0 ? At.WHOLE : At.SIZED_BODY;
        } else {
            at = At.OPEN_BODY;
        }
    }

    private void field(String text) {
        if (text.startsWith("content-length:")) {
            sized = true;
            left = Long.parseLong(text.substring("content-length:".length()).strip());
        } else if (text.startsWith("transfer-encoding:") && text.endsWith("chunked")) {
            chunked = true;
        }
    }

    /// Whether the end of the connection is a proper end of this answer.
    public boolean endsWithConnection() {
        return at == At.OPEN_BODY;
    }

    /// Status code, 0 before the first line has come.
    public int status() {
        return status;
    }

    /// Bytes of the body so far, without any framing.
    public long bodyBytes() {
        return bodyBytes;
    }

    /// Whole events so far, `[DONE]` and errors included, comments not.
    public int events() {
        return scanner.events();
    }

    /// Whether the last event was `[DONE]`.
    public boolean done() {
        return scanner.done();
    }

    /// Whether an error frame has come.
    public boolean error() {
        return scanner.error();
    }

    /// The provider's clock reading in the last stamped token, or 0.
    public long stamp() {
        return scanner.stamp();
    }

    /// What came, in one line.
    @Override
    public String toString() {
        return "status "
                + status
                + ", "
                + events()
                + " events, "
                + bodyBytes
                + " bytes of body"
                + (excerpt.isEmpty() ? "" : ": " + excerpt);
    }
}
