package dev.ebbgate.sim.frames;

import java.util.List;

/// The literal text of one answer in one provider's format. Calls come in the order of the answer:
/// a format may remember what it has opened.
public interface Frames {

    /// One piece of the answer.
    record Piece(Part part, String text) {}

    /// What a stream opens with before there is content; `first` is what the content will be.
    String preamble(Part first);

    /// The event, or events, that carry one piece.
    String delta(Piece piece);

    /// The finish reason, and what closes the content before it.
    String finish();

    /// What follows the finish reason at the end of a good stream.
    String done();

    /// An error in the midst of a stream.
    String error(String error);

    /// An event whose data is no JSON.
    String malformed();

    /// What this provider sends to keep a silent connection alive.
    String keepAlive();

    /// The whole answer to a request that is not streamed.
    String answer(List<Piece> pieces);

    /// The body of a response whose status is not 200.
    String failure(int status, String error);

    /// All pieces of one part, put together.
    static String joined(List<Piece> pieces, Part part) {
        StringBuilder out = new StringBuilder();
        for (Piece piece : pieces) {
            if (piece.part() == part) {
                out.append(piece.text());
            }
        }
        return out.toString();
    }
}
