package dev.ebbgate.gateway.config;

/// Something wrong in a configuration: where, what, and what to write instead. It never repeats a
/// secret.
///
/// @param file the file, `environment` or `overlay`
/// @param line counted from 1; [#NOWHERE] where there is none
/// @param path the keys that lead there, joined by dots; [#WHOLE] for the text as such; a
///   variable's name; empty for a file that cannot be read
/// @param text `problem; write …`
public record Problem(String file, int line, String path, String text) {

    /// The path of what concerns the whole file.
    public static final String WHOLE = "yaml";

    /// In the file's place, where it concerns what an operator set while the gateway ran.
    public static final String OVERLAY = "overlay";

    /// The line of what stands on none.
    public static final int NOWHERE = 0;

    /// One problem is one line, whatever the file has in its keys.
    public Problem {
        path = path.replaceAll("\\p{Cntrl}", " ");
        text = text.replaceAll("\\p{Cntrl}", " ");
    }

    @Override
    public String toString() {
        return file
                + (line == NOWHERE ? ": " : ":" + line + ": ")
                + (path.isEmpty() ? "" : path + ": ")
                + text;
    }
}
