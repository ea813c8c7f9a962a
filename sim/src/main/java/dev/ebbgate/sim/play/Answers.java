package dev.ebbgate.sim.play;

import dev.ebbgate.sim.frames.Frames;
import dev.ebbgate.sim.script.Content;

import java.util.List;

/// The content of an answer as a whole: the same that a stream of it tells in pieces.
public final class Answers {

    private Answers() {}

    public static List<Frames.Piece> pieces(Content content) {
        return new Pieces(content).all();
    }
}
