package dev.ebbgate.dialects;

/// Writes one event and hands it on.
final class Frames {

    private final Bytes frame;

    private Frames(Bytes frame) {
        this.frame = frame;
    }

    /// Makes an event of this JSON.
    ///
    /// @param frame where to write it; what it held is lost
    /// @param name the event's name; empty for none
    static Frames write(Bytes frame, String name, Edits json) {
        frame.clear();
        frame.append(name.isEmpty() ? "data: " : "event: " + name + "\ndata: ");
        int from = frame.length();
        json.writeTo(frame);
        // Valid JSON has line ends only between its tokens.
        frame.blankLineEnds(from);
        frame.append("\n\n");
        return new Frames(frame);
    }

    boolean event(EventReader.Sink sink, EventKind kind) {
        Slice whole = frame.slice();
        return sink.event(kind, whole.bytes(), whole.from(), whole.to());
    }
}
