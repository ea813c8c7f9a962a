package dev.ebbgate.cli.demo;

import dev.ebbgate.cli.demo.Terminal.Look;

/// What happens to a tool, line by line, with the time since it was called.
final class ToolLines {

    private static final String MARGIN = "   ";

    private final Terminal terminal;
    private final long startNanos = System.nanoTime();

    ToolLines(Terminal terminal, String title, String told) {
        this.terminal = terminal;
        terminal.line("");
        terminal.line(terminal.paint(Look.STRONG, title));
        Text.wrap(told, Text.WIDTH - MARGIN.length()).forEach(line -> terminal.line(MARGIN + line));
        terminal.line("");
    }

    /// Something has happened, perhaps a text that someone reads word by word. From any thread; no
    /// other line comes between.
    synchronized void saw(String what, String... texts) {
        String at = String.format("%8s", Text.seconds(elapsedNanos()));
        terminal.line(MARGIN + terminal.paint(Look.FAINT, at) + "  " + what);
        for (String text : texts) {
            quote(text);
        }
        terminal.out().flush();
    }

    private void quote(String text) {
        String bar = MARGIN + "          " + (terminal.unicode() ? "│ " : "| ");
        for (String paragraph : text.split("\n", -1)) {
            for (String line : Text.wrap(paragraph, Text.WIDTH - bar.length())) {
                terminal.line(terminal.paint(Look.FAINT, bar) + line);
            }
        }
    }

    long elapsedNanos() {
        return System.nanoTime() - startNanos;
    }
}
