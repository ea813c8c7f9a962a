package dev.ebbgate.gateway.desk;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/// Collects a body in one array, as far as there is room for it. What is counted against the room
/// is the array, not what stands in it; only while it grows are there two. Confined to one event
/// loop.
public final class Collector {

    private static final byte[] NOTHING = {};

    /// The longest array that every JVM can make.
    private static final int LONGEST = Integer.MAX_VALUE - 8;

    /// What may be copied for every piece of it.
    private static final int SHORT = 1 << 20;

    private static final int SHARES = 16;

    private final Room room;
    private final long most;
    private final long expected;
    private byte[] body = NOTHING;
    private int length;

    /// Collects at most so many bytes.
    ///
    /// @param expected how long the body says it is, which is not believed before it comes; -1
    ///   where it does not say
    public Collector(Room room, long most, long expected) {
        this.room = room;
        this.most = most;
        this.expected = expected;
    }

    /// How long a body says it is; -1 where it does not, or not in numbers.
    ///
    /// @param contentLength the header's value, or null
    public static long declared(@Nullable String contentLength) {
        try {
            return contentLength == null ? -1 : Math.max(-1, Long.parseLong(contentLength.strip()));
        } catch (NumberFormatException _) {
            return -1; // the HTTP codec has the say on malformed lengths
        }
    }

    /// Adds bytes; false if there is no room for them.
    public boolean add(Buffer bytes) {
        long needed = (long) length + bytes.length();
        if (needed > Math.min(most, LONGEST) || !room.couldHold(expected)) {
            return false;
        }
        if (needed == expected && length == 0 && adopted(bytes)) {
            return true;
        }
        if (needed > body.length && !grow((int) needed)) {
            return false;
        }
        bytes.getBytes(0, bytes.length(), body, length);
        length = (int) needed;
        return true;
    }

    /// Takes the array of these bytes, if they are the whole body and alone in it: what the server
    /// hands out is nobody else's.
    private boolean adopted(Buffer bytes) {
        ByteBuf own = ((BufferInternal) bytes).getByteBuf();
        if (!own.hasArray() || own.array().length != bytes.length() || !room.take(bytes.length())) {
            return false;
        }
        body = own.array();
        length = body.length;
        return true;
    }

    /// Doubles, so that a long body is not copied for every piece of it, but never beyond the
    /// length that was told; where there is no room to double, takes a part of that. What is left
    /// of the room for less than a share of a long body is left: it would be copied again and
    /// again.
    private boolean grow(int needed) {
        long roomy = Math.min(2L * body.length, Math.min(most, LONGEST));
        if (expected >= 0) {
            roomy = Math.min(roomy, expected);
        }
        int least = body.length < SHORT ? 0 : body.length / SHARES;
        int size = (int) Math.max(needed, roomy);
        while (!resize(size)) {
            int less = needed + (size - needed) / 2;
            if (less == size || less - body.length < least) {
                return false;
            }
            size = less;
        }
        return true;
    }

    private boolean resize(int size) {
        if (!room.take(size - body.length)) {
            return false;
        }
        body = Arrays.copyOf(body, size);
        return true;
    }

    /// How many bytes there are.
    public int length() {
        return length;
    }

    /// The body, which is not to be written into.
    public byte[] bytes() {
        if (length < body.length) {
            room.free(body.length - length);
            body = Arrays.copyOf(body, length);
        }
        return body;
    }

    /// The body without copying it.
    public Buffer buffer() {
        return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes()));
    }

    /// Forgets the body and gives its room back. Harmless when that has been done.
    public void discard() {
        room.free(body.length);
        body = NOTHING;
        length = 0;
    }
}
