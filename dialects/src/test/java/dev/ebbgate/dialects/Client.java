package dev.ebbgate.dialects;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/// A client that is told one answer by several targets, with the transcript of it.
final class Client implements EventReader.Sink {

    private final Operation operation;
    private final Transcript transcript;
    private final StringBuilder told = new StringBuilder();
    private final List<EventKind> kinds = new ArrayList<>();

    Client(Operation operation, String request) {
        this.operation = operation;
        this.transcript = new Transcript(operation, request.getBytes(UTF_8), 1 << 20);
    }

    @Override
    public boolean event(EventKind kind, byte[] bytes, int from, int to) {
        kinds.add(kind);
        told.append(new String(bytes, from, to - from, UTF_8));
        transcript.event(kind, bytes, from, to);
        return true;
    }

    /// Hears the first target.
    Client hears(List<String> events) {
        feed(String.join("", events), this);
        return this;
    }

    /// Hears the next target go on.
    Client hearsOn(List<String> events) {
        feed(String.join("", events), transcript.sequel(this));
        return this;
    }

    private void feed(String stream, EventReader.Sink sink) {
        byte[] bytes = stream.getBytes(UTF_8);
        new EventReader(operation, 1, 1 << 20).feed(bytes, 0, bytes.length, sink);
    }

    Transcript transcript() {
        return transcript;
    }

    String told() {
        return told.toString();
    }

    List<EventKind> kinds() {
        return kinds;
    }

    /// All that was told as one answer.
    String whole() {
        Assembler assembler = Assembler.of(operation, 1 << 20);
        List<EventKind> again = new ArrayList<>();
        feed(
                told.toString(),
                (kind, bytes, from, to) -> {
                    again.add(kind);
                    return assembler.event(kind, bytes, from, to) == Assembler.Result.TAKEN;
                });
        if (!again.equals(kinds)) {
            throw new AssertionError("told as " + kinds + ", read as " + again);
        }
        return new String(assembler.answer(), UTF_8);
    }
}
