package dev.ebbgate.dialects;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A sink that keeps what it was given.
final class Recording implements EventReader.Sink {

    /// One event as it was handed out.
    record Event(EventKind kind, String text) {}

    private final List<Event> events = new ArrayList<>();

    @Override
    public boolean event(EventKind kind, byte[] bytes, int from, int to) {
        events.add(new Event(kind, new String(Arrays.copyOfRange(bytes, from, to), UTF_8)));
        return true;
    }

    /// What the reader hands out for this stream, given in two pieces cut at `cut`.
    static Recording of(EventReader reader, byte[] stream, int cut) {
        Recording recording = new Recording();
        reader.feed(stream, 0, cut, recording);
        reader.feed(stream, cut, stream.length, recording);
        return recording;
    }

    /// What the reader hands out for this stream, byte by byte, each in an array of its own.
    static Recording byteByByte(EventReader reader, byte[] stream) {
        Recording recording = new Recording();
        for (byte octet : stream) {
            reader.feed(new byte[] {octet}, 0, 1, recording);
        }
        return recording;
    }

    static Recording of(Operation operation, String stream) {
        byte[] bytes = stream.getBytes(UTF_8);
        return of(new EventReader(operation, 1, 1 << 20), bytes, bytes.length);
    }

    List<Event> events() {
        return events;
    }

    List<EventKind> kinds() {
        return events.stream().map(Event::kind).toList();
    }

    String text() {
        StringBuilder text = new StringBuilder();
        events.forEach(event -> text.append(event.text()));
        return text.toString();
    }
}
