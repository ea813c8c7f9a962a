package dev.ebbgate.sim.frames;

import io.vertx.core.json.Json;

/// JSON strings.
final class Text {

    private Text() {}

    /// The text with quotes around it and escapes where JSON wants them.
    static String quoted(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return Json.encode(text);
            }
        }
        return '"' + text + '"';
    }
}
