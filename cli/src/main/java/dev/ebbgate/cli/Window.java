package dev.ebbgate.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// How much a terminal has room for.
record Window(int rows, int columns) {

    private static final File TERMINAL = new File("/dev/tty");

    /// That of our terminal, as it is now; null where output goes elsewhere, or it cannot be told.
    static @Nullable Window now() throws InterruptedException {
        if (!isTerminal()) {
            return null;
        }
        try {
            Process stty = new ProcessBuilder("stty", "size").redirectInput(TERMINAL).start();
            String size = new String(stty.getInputStream().readAllBytes(), UTF_8);
            return stty.waitFor() == 0 ? parse(size) : null;
        } catch (IOException _) {
            return null;
        }
    }

    /// Java 25 is free to have no console at all where there is no terminal.
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    /// Of `rows columns`; a terminal that does not know says `0 0`.
    static @Nullable Window parse(String size) {
        String text = size.strip();
        if (!text.matches("[1-9]\\d{0,3} [1-9]\\d{0,3}")) {
            return null;
        }
        int blank = text.indexOf(' ');
        return new Window(
                Integer.parseInt(text.substring(0, blank)),
                Integer.parseInt(text.substring(blank + 1)));
    }

    /// The first lines, as many as there is room for when long ones go on in the next row. The last
    /// row is left to the cursor.
    List<String> fitting(List<String> lines) {
        List<String> fitting = new ArrayList<>();
        int left = rows - 1;
        for (String line : lines) {
            left -= Math.max(1, Math.ceilDiv(line.length(), columns));
            if (left < 0) {
                break;
            }
            fitting.add(line);
        }
        return fitting;
    }
}
