package dev.ebbgate.gateway.config;

/// Something wrong in the file: where, what, and what to write instead. It never repeats a secret.
///
/// @param line counted from 1
/// @param path the keys that lead there, joined by dots; [#WHOLE] for the file as such
/// @param text `problem; write …`
public record Problem(String file, int line, String path, String text) {

    /// The path of what concerns the whole file.
    public static final String WHOLE = "yaml";

    /// One problem is one line, whatever the file has in its keys.
    public Problem {
        path = path.replaceAll("\\p{Cntrl}", " ");
        text = text.replaceAll("\\p{Cntrl}", " ");
    }

    @Override
    public String toString() {
        return file + ":" + line + ": " + path + ": " + text;
    }
}
