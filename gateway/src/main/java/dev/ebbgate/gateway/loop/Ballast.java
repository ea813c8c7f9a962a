package dev.ebbgate.gateway.loop;

import dev.ebbgate.gateway.desk.Room;

/// What a stream holds back, counted against the room of the whole gateway. Small change is not
/// counted: most streams never hold more, and counting costs a shared counter.
final class Ballast {

    private static final int SMALL_BYTES = 16 * 1024;

    private final Room room;
    private final int most;
    private int counted;

    Ballast(Room room, int most) {
        this.room = room;
        this.most = most;
    }

    /// The most that one stream may hold back, in bytes.
    int most() {
        return most;
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
