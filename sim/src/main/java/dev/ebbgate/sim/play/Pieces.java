package dev.ebbgate.sim.play;

import dev.ebbgate.sim.frames.Frames;
import dev.ebbgate.sim.frames.Part;
import dev.ebbgate.sim.frames.Voice;
import dev.ebbgate.sim.script.Content;

import java.util.ArrayList;
import java.util.List;

/// The pieces of an answer, one per token, in order: reasoning, then text or the tool's arguments.
final class Pieces {

    private final Content content;
    private final Voice voice;
    private final String said;
    private int passed;

    Pieces(Content content) {
        this(content, "");
    }

    /// @param said how the text begins that need not be said again
    Pieces(Content content, String said) {
        this.content = content;
        this.said = said;
        this.voice = new Voice(content.seed());
    }

    int count() {
        return content.reasoning() + content.tokens();
    }

    Part first() {
        return count() == 0 ? main() : part(0);
    }

    private Part main() {
        return content.form() == Content.Form.TOOL ? Part.TOOL : Part.TEXT;
    }

    private Part part(int index) {
        return index < content.reasoning() ? Part.REASONING : main();
    }

    /// The piece at `index`; to be asked for in order. What need not be said is left out of it.
    Frames.Piece at(int index) {
        Part part = part(index);
        String word = voice.token(content.tokenBytes());
        if (part != Part.TOOL) {
            return new Frames.Piece(part, part == Part.TEXT ? unsaid(word) : word);
        }
        String head = index == content.reasoning() ? "{\"place\":\"" : "";
        String tail = index == count() - 1 ? "\"}" : "";
        return new Frames.Piece(part, head + word.strip() + tail);
    }

    private String unsaid(String word) {
        int here = Math.min(word.length(), said.length() - passed);
        if (!said.startsWith(word.substring(0, here), passed)) {
            return word;
        }
        passed += here;
        return word.substring(here);
    }

    /// The whole tool call that a buffering parser lets out at once.
    Frames.Piece buffered() {
        return new Frames.Piece(
                Part.TOOL,
                "{\"place\":\"" + voice.token(Math.max(64, content.tokenBytes())).strip() + "\"}");
    }

    List<Frames.Piece> all() {
        List<Frames.Piece> all = new ArrayList<>();
        for (int i = 0; i < count(); i++) {
            all.add(at(i));
        }
        if (content.form() == Content.Form.TOOL_BUFFERED) {
            all.add(buffered());
        }
        return all;
    }
}
