package dev.ebbgate.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How figures and long lines are written.
final class Text {

    static final int WIDTH = 80;

    private Text() {}

    /// `7.02s`.
    static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.2fs", nanos / 1e9);
    }

    /// `7.0s`, for what moves.
    static String tenths(long nanos) {
        return String.format(Locale.ROOT, "%.1fs", nanos / 1e9);
    }

    /// The text in lines of at most `width`, broken at blanks; only a longer word is longer.
    static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
