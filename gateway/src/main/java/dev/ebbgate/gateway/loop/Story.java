package dev.ebbgate.gateway.loop;

import dev.ebbgate.dialects.EventKind;
import dev.ebbgate.dialects.EventReader;
import dev.ebbgate.dialects.Transcript;
import dev.ebbgate.gateway.desk.Room;

import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.function.Consumer;

/// What a client has been told of its answer since it was committed, and whether another target can
/// go on with it. What is kept is counted against the room of the whole gateway; where there is no
/// room, nobody goes on, and the answer flows as ever.
final class Story {

    /// Room is taken in steps, so that not every event moves a counter that all loops share.
    private static final int STEP_BYTES = 16 * 1024;

    private static final String NO_ROOM = "limits.buffered has no room for what has been sent";

    private final Transcript transcript;
    private final Room room;
    private final Consumer<@Nullable String> obstacles;
    private long counted;
    private long request;
    private @Nullable String told = "";

    /// @param obstacles hears what stands in the way, whenever that changes
    Story(Transcript transcript, Room room, Consumer<@Nullable String> obstacles) {
        this.transcript = transcript;
        this.room = room;
        this.obstacles = obstacles;
    }

    /// Takes an event that was sent to the client.
    boolean event(EventKind kind, byte[] bytes, int from, int to) {
        transcript.event(kind, bytes, from, to);
        weigh();
        tell();
        return true;
    }

    private void tell() {
        String now = transcript.obstacle();
        if (!Objects.equals(now, told)) {
            told = now;
            obstacles.accept(now);
        }
    }

    /// Says again how much is kept; false if there is no room for it, and then it is forgotten.
    boolean weigh() {
        long kept = transcript.heldBytes() + request;
        if (kept <= counted && counted - kept <= STEP_BYTES) {
            return true;
        }
        if (take((kept + STEP_BYTES - 1) / STEP_BYTES * STEP_BYTES)) {
            return true;
        }
        transcript.close(NO_ROOM);
        request = 0;
        take(0);
        tell();
        return false;
    }

    private boolean take(long bytes) {
        if (bytes > counted && !room.take(bytes - counted)) {
            return false;
        }
        if (bytes < counted) {
            room.free(counted - bytes);
        }
        counted = bytes;
        return true;
    }

    /// The request for the target that is to go on; null if there is no room for it.
    ///
    /// @param body the client's, with that target's model
    byte @Nullable [] prefilled(byte[] body) {
        byte[] prefilled = transcript.prefilled(body);
        request = prefilled.length;
        return weigh() ? prefilled : null;
    }

    /// What turns the stream of the target that goes on into the rest of this answer.
    EventReader.Sink sequel(EventReader.Sink client) {
        return transcript.sequel(client);
    }

    /// Forgets everything.
    void discard() {
        transcript.close("it is over");
        take(0);
    }
}
