package dev.ebbgate.sim;

import dev.ebbgate.sim.frames.Frames;
import dev.ebbgate.sim.play.Answers;
import dev.ebbgate.sim.script.Ending;
import dev.ebbgate.sim.script.Script;

/// The JSON of an answer that is not streamed.
final class Buffered {

    private Buffered() {}

    static String json(
            Surface surface, Script script, Asked asked, Frames frames, int promptTokens) {
        if (script.close().ending() == Ending.ERROR) {
            return frames.failure(500, script.close().error());
        }
        return switch (surface) {
            case EMBEDDINGS -> Plain.embeddings(asked, script.content().seed(), promptTokens);
            case COUNT_TOKENS -> Plain.tokenCount(promptTokens);
            case CHAT, COMPLETION, MESSAGES -> frames.answer(Answers.pieces(script.content()));
        };
    }
}
