package dev.ebbgate.cli.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/// Puts cells below each other: text to the left, numbers to the right.
public final class Columns {

    private static final String GAP = "  ";

    private Columns() {}

    /// The rows as lines; each has as many cells as the first.
    ///
    /// @param isText which columns, counted from 0, hold text
    public static List<String> aligned(List<List<String>> rows, IntPredicate isText) {
        int[] widths = new int[rows.getFirst().size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String room = " ".repeat(widths[i] - row.get(i).length());
                line.append(i == 0 ? "" : GAP)
                        .append(isText.test(i) ? row.get(i) + room : room + row.get(i));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }
}
