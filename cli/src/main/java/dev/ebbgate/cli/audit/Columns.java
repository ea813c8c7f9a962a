package dev.ebbgate.cli.audit;

import java.util.ArrayList;
import java.util.List;

/// Puts cells below each other: the first column to the left, numbers to the right.
final class Columns {

    private static final String GAP = "  ";

    private Columns() {}

    /// The rows as lines; each has as many cells as the first.
    static List<String> aligned(List<List<String>> rows) {
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
                line.append(i == 0 ? row.get(i) + room : GAP + room + row.get(i));
            }
            lines.add(line.toString());
        }
        return lines;
    }
}
