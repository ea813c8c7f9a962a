package dev.ebbgate.gateway.loop;

import dev.ebbgate.gateway.desk.Room;

import io.vertx.core.buffer.Buffer;

/// Collects a body, as far as there is room for it.
final class Collector {

    private final Room room;
    private final long most;
    private Buffer body = Buffer.buffer();
    private long taken;

    Collector(Room room, long most) {
        this.room = room;
        this.most = most;
    }

    /// Adds bytes; false if there is no room for them.
    boolean add(Buffer bytes) {
        if (taken + bytes.length() > most || !room.take(bytes.length())) {
            return false;
        }
        taken += bytes.length();
        body.appendBuffer(bytes);
        return true;
    }

    Buffer body() {
        return body;
    }

    byte[] bytes() {
        return body.getBytes();
    }

    /// Forgets the body and gives its room back.
    void discard() {
        room.free(taken);
        taken = 0;
        body = Buffer.buffer();
    }
}
