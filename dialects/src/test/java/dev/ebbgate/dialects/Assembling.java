package dev.ebbgate.dialects;

import java.util.ArrayList;
import java.util.List;

/// Feeds streams to assemblers by way of a reader.
final class Assembling {

    private Assembling() {}

    /// What the assembler says to each event of this stream, which comes in two pieces.
    static List<Assembler.Result> feed(
            Assembler assembler, AssemblerTest.Row row, byte[] stream, int cut) {
        List<Assembler.Result> results = new ArrayList<>();
        EventReader reader = new EventReader(row.operation(), row.choices(), 1 << 16);
        EventReader.Sink sink =
                (kind, bytes, from, to) -> results.add(assembler.event(kind, bytes, from, to));
        reader.feed(stream, 0, cut, sink);
        reader.feed(stream, cut, stream.length, sink);
        return results;
    }
}
