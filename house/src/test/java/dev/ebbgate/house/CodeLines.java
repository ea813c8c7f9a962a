package dev.ebbgate.house;

import java.util.BitSet;

/// Tells which lines of a Java source carry code. Blank lines, comments and the inside of text
/// blocks (tables of test rows, expected output) do not.
final class CodeLines {
    private enum Mode {
        CODE,
        LINE_COMMENT,
        BLOCK_COMMENT,
        STRING,
        CHARACTER,
        TEXT_BLOCK
    }

    private final String source;
    private final BitSet code = new BitSet();
    private Mode mode = Mode.CODE;
    private int line = 1;
    private int at;

    private CodeLines(String source) {
        this.source = source;
    }

    static CodeLines of(String source) {
        CodeLines lines = new CodeLines(source);
        while (lines.at < source.length()) {
            lines.step();
        }
        return lines;
    }

    int total() {
        return code.cardinality();
    }

    /// The number of code lines from `first` to `last`, both included, counted from 1.
    int between(int first, int last) {
        return last < first ? 0 : code.get(first, last + 1).cardinality();
    }

    private void step() {
        char c = source.charAt(at);
        if (c == '\n') {
            line++;
            at++;
            mode = mode == Mode.LINE_COMMENT ? Mode.CODE : mode;
            return;
        }
        at +=
                switch (mode) {
                    case CODE -> inCode(c);
                    case LINE_COMMENT -> 1;
                    case BLOCK_COMMENT -> until("*/");
                    case TEXT_BLOCK -> c == '\\' ? 2 : until("\"\"\"");
                    case STRING -> c == '\\' ? 2 : until("\"");
                    case CHARACTER -> c == '\\' ? 2 : until("'");
                };
    }

    private int inCode(char c) {
        if (next("//")) {
            return open(Mode.LINE_COMMENT, 2);
        }
        if (next("/*")) {
            return open(Mode.BLOCK_COMMENT, 2);
        }
        if (!Character.isWhitespace(c)) {
            code.set(line);
        }
        if (next("\"\"\"")) {
            return open(Mode.TEXT_BLOCK, 3);
        }
        return switch (c) {
            case '"' -> open(Mode.STRING, 1);
            case '\'' -> open(Mode.CHARACTER, 1);
            default -> 1;
        };
    }

    private int open(Mode opened, int width) {
        mode = opened;
        return width;
    }

    private int until(String end) {
        if (!next(end)) {
            return 1;
        }
        mode = Mode.CODE;
        return end.length();
    }

    private boolean next(String expected) {
        return source.startsWith(expected, at);
    }
}
