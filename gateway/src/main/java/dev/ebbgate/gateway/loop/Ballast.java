package dev.ebbgate.gateway.loop;

import dev.ebbgate.gateway.desk.Room;
import dev.ebbgate.gateway.downstream.ClientAnswer;

import io.vertx.core.buffer.Buffer;

import org.jspecify.annotations.Nullable;

/// What a stream holds back, counted against the room of the whole gateway. Small change is not
/// counted: most streams never hold more, and counting costs a shared counter.
final class Ballast {

    private static final byte[] NOTHING = {};
    private static final int SMALL_BYTES = 16 * 1024;

    private final Room room;
    private final int most;
    private int counted;
    private @Nullable Buffer held;
    private int heldEvents;

    Ballast(Room room, int most) {
        this.room = room;
        this.most = most;
    }

    /// The most that one stream may hold back, in bytes.
    int most() {
        return most;
    }

    /// Keeps an event back until [#letGo].
    void hold(byte[] source, int from, int to) {
        if (held == null) {
            held = Buffer.buffer(Math.max(512, to - from));
        }
        held.appendBytes(source, from, to - from);
        heldEvents++;
    }

    int heldBytes() {
        return held == null ? 0 : held.length();
    }

    /// Sends all that is held back, and answers what it was.
    byte[] letGo(ClientAnswer client) {
        if (held == null) {
            return NOTHING;
        }
        byte[] first = held.getBytes();
        held = null;
        client.send(first, 0, first.length, heldEvents);
        return first;
    }

    /// Forgets what is held back: it will never count.
    void drop() {
        held = null;
        heldEvents = 0;
        weigh(0);
    }

    /// Says how many bytes are held now; false if there is no room for them.
    boolean weigh(int bytes) {
        int count = bytes <= SMALL_BYTES ? 0 : bytes;
        if (count == counted) {
            return true;
        }
        if (count > counted && !room.take(count - counted)) {
            return false;
        }
        if (count < counted) {
            room.free(counted - count);
        }
        counted = count;
        return true;
    }
}
