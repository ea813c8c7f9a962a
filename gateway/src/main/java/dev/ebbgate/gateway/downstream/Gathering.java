package dev.ebbgate.gateway.downstream;

import io.vertx.core.buffer.Buffer;

import org.jspecify.annotations.Nullable;

/// Where the bytes of one answer gather during a tick of the event loop. One array serves all
/// answers of the loop: an answer that finds another's bytes in it lets these go first. Growing a
/// buffer for each answer would copy most bytes twice. Confined to one event loop.
public final class Gathering {

    private static final int ROOM_BYTES = 64 * 1024;

    private final byte[] bytes = new byte[ROOM_BYTES];
    private int length;
    private @Nullable ClientAnswer owner;

    void add(ClientAnswer answer, byte[] source, int from, int to) {
        own(answer);
        int at = from;
        while (at < to) {
            int count = Math.min(to - at, bytes.length - length);
            System.arraycopy(source, at, bytes, length, count);
            length += count;
            at += count;
            if (length == bytes.length) {
                writeOut(answer);
                own(answer);
            }
        }
    }

    private void own(ClientAnswer answer) {
        if (owner != null && !owner.equals(answer)) {
            writeOut(owner);
        }
        owner = answer;
    }

    /// Writes what this answer has gathered, if it has.
    void release(ClientAnswer answer) {
        if (answer.equals(owner)) {
            writeOut(answer);
        }
    }

    private void writeOut(ClientAnswer answer) {
        Buffer out = Buffer.buffer(length).appendBytes(bytes, 0, length);
        clear();
        answer.write(out);
    }

    /// What this answer has gathered and not written, with these bytes behind it.
    Buffer take(ClientAnswer answer, byte[] last) {
        int own = answer.equals(owner) ? length : 0;
        Buffer out = Buffer.buffer(own + last.length);
        out.appendBytes(bytes, 0, own).appendBytes(last);
        if (own > 0) {
            clear();
        }
        return out;
    }

    private void clear() {
        owner = null;
        length = 0;
    }
}
