package dev.ebbgate.gateway.downstream;

import io.vertx.core.buffer.Buffer;

import org.jspecify.annotations.Nullable;

/// Where the bytes of one answer gather during a tick of the event loop. One array serves all
/// answers of the loop: an answer that finds another's bytes in it hands these over to the other
/// first. Growing a buffer for each answer would copy most bytes twice. Nothing is written from
/// here: a write can call back into the exchange whose bytes are just being read. Confined to one
/// event loop.
public final class Gathering {

    private static final int ROOM_BYTES = 64 * 1024;

    private final byte[] bytes = new byte[ROOM_BYTES];
    private int length;
    private @Nullable ClientAnswer owner;

    void add(ClientAnswer answer, byte[] source, int from, int to) {
        if (owner != null && (!owner.equals(answer) || to - from > bytes.length - length)) {
            owner.keep(take(owner));
        }
        if (to - from > bytes.length) {
            answer.keep(Buffer.buffer(to - from).appendBytes(source, from, to - from));
            return;
        }
        owner = answer;
        System.arraycopy(source, from, bytes, length, to - from);
        length += to - from;
    }

    /// What this answer has here, which is then gone from here; empty if nothing.
    Buffer take(ClientAnswer answer) {
        if (!answer.equals(owner)) {
            return Buffer.buffer(0);
        }
        Buffer out = Buffer.buffer(length).appendBytes(bytes, 0, length);
        owner = null;
        length = 0;
        return out;
    }
}
