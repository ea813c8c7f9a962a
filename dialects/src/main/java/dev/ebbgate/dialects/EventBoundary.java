package dev.ebbgate.dialects;

/// Finds where an event ends: behind its blank line, with LF, CRLF or CR as line ends, over as many
/// pieces as it comes in.
///
/// A blank line that ends in CR at the very end of a piece may still get its LF. It is waited for,
/// unless the line before ended in a lone CR: such a sender writes no LF, and waiting would hold
/// its last event for ever.
final class EventBoundary {

    private boolean lineEmpty = true;
    private boolean afterCr;
    private boolean blankSeen;
    private boolean loneCr = true;
    private int lines;
    private int foundLines;

    /// The index behind the event that is being looked for, or -1 if it does not end in this piece;
    /// the next call goes on with the next piece.
    int find(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            if (afterCr) {
                at = afterCr(bytes, at);
                if (blankSeen) {
                    return found(at);
                }
                continue;
            }
            if (lineEmpty && isLineEnd(bytes[at])) {
                at++;
                if (bytes[at - 1] == '\n' || loneCr) {
                    return found(at);
                }
                blankSeen = true;
                afterCr = true;
                continue;
            }
            at = line(bytes, at, to);
        }
        return -1;
    }

    /// How many lines the event found last has, without its blank one.
    int lines() {
        return foundLines;
    }

    private int line(byte[] bytes, int from, int to) {
        lineEmpty = false;
        int at = ByteSearch.lineEnd(bytes, from, to);
        if (at == to) {
            return to;
        }
        lines++;
        lineEmpty = true;
        loneCr = false;
        afterCr = bytes[at] == '\r';
        return at + 1;
    }

    private int afterCr(byte[] bytes, int at) {
        afterCr = false;
        loneCr = bytes[at] != '\n';
        return loneCr ? at : at + 1;
    }

    private int found(int at) {
        foundLines = lines;
        lines = 0;
        lineEmpty = true;
        blankSeen = false;
        loneCr = true;
        return at;
    }

    private static boolean isLineEnd(byte octet) {
        return octet == '\n' || octet == '\r';
    }
}
