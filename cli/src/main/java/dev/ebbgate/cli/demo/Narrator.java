package dev.ebbgate.cli.demo;

import dev.ebbgate.cli.demo.Terminal.Look;

import org.jspecify.annotations.Nullable;

/// Tells the tour as it happens: a line for each event and, on a terminal, a line that moves while
/// nothing does. Safe for threads.
final class Narrator implements AutoCloseable {

    private static final String MARGIN = "   ";
    private static final int WHAT = 29;
    private static final int BAR = 20;
    private static final long TICK_MILLIS = 100;

    private final Terminal terminal;
    private final @Nullable Thread ticker;
    private final Thread farewell = new Thread(this::rest, "ebbgate-farewell");
    private long askedNanos;
    private @Nullable Wait wait;

    Narrator(Terminal terminal) {
        this.terminal = terminal;
        ticker = terminal.live() ? Thread.ofVirtual().start(this::tick) : null;
        Runtime.getRuntime().addShutdownHook(farewell); // Ctrl-C in the middle of the tour
    }

    private void tick() {
        try {
            while (true) {
                Thread.sleep(TICK_MILLIS);
                draw();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // the tour is over
        }
    }

    synchronized void welcome(Theatre theatre) {
        terminal.line("");
        terminal.line(terminal.paint(Look.STRONG, "Ebbgate: slow work survives, dead work ends."));
        terminal.line("A real gateway and simulated providers, all on this machine:");
        terminal.line("gateway " + theatre.url() + ", providers " + theatre.providersUrl());
    }

    synchronized void title(int number, String title, String told) {
        terminal.line("");
        terminal.line(terminal.paint(Look.STRONG, number + "  " + title));
        for (String line : Text.wrap(told, Text.WIDTH - MARGIN.length())) {
            terminal.line(MARGIN + line);
        }
        terminal.line("");
    }

    /// The request is leaving: from now on times are counted from here.
    synchronized void asked(String what, @Nullable Wait first) {
        askedNanos = System.nanoTime();
        wait = first;
        row(askedNanos, what, "");
    }

    /// Something has happened; what is waited for from now on, if anything.
    synchronized void saw(String what, @Nullable Wait next) {
        long now = System.nanoTime();
        Wait before = wait;
        wait = next;
        row(now, what, before == null ? "" : before.text(now));
    }

    /// What is waited for has changed, and that is not worth a line.
    synchronized void waiting(@Nullable Wait next) {
        wait = next;
    }

    /// What someone else said, word by word.
    synchronized void quote(String text) {
        String bar = MARGIN + "          " + (terminal.unicode() ? "│ " : "| ");
        for (String line : Text.wrap(text, Text.WIDTH - bar.length())) {
            terminal.line(terminal.paint(Look.FAINT, bar) + line);
        }
    }

    synchronized void verdict(SceneResult result) {
        wait = null;
        clear();
        boolean good = result.isAsTold();
        String text =
                good ? result.said() : "not as told: " + String.join("; ", result.deviations());
        String before = MARGIN + terminal.mark(good) + " ";
        for (String line : Text.wrap(text, Text.WIDTH - MARGIN.length() - 2)) {
            terminal.line(before + terminal.paint(good ? Look.GOOD : Look.BAD, line));
            before = MARGIN + "  ";
        }
    }

    private void row(long now, String what, String waited) {
        clear();
        String at = String.format("%8s", Text.seconds(now - askedNanos));
        String padded = String.format("%-" + WHAT + "s", what);
        terminal.line(
                MARGIN
                        + terminal.paint(Look.FAINT, at)
                        + "  "
                        + (waited.isEmpty() ? what : padded)
                        + terminal.paint(Look.FAINT, waited));
    }

    synchronized void draw() {
        Wait present = wait;
        if (present == null) {
            return;
        }
        long now = System.nanoTime();
        double share = (double) present.elapsedNanos(now) / present.limit().value().nanos();
        terminal.over(
                MARGIN
                        + terminal.paint(
                                Look.LIVE, String.format("%8s", Text.tenths(now - askedNanos)))
                        + "  "
                        + terminal.bar(share, BAR)
                        + " ".repeat(WHAT - BAR)
                        + terminal.paint(Look.LIVE, present.text(now)));
    }

    private void clear() {
        if (terminal.live()) {
            terminal.wipe();
        }
    }

    /// No more is drawn over.
    @Override
    public void close() {
        if (ticker != null) {
            ticker.interrupt();
        }
        rest();
        try {
            Runtime.getRuntime().removeShutdownHook(farewell);
        } catch (IllegalStateException _) {
            // The process is ending, and the farewell with it.
        }
    }

    /// Leaves no line half drawn, and draws no more until something new is waited for.
    synchronized void rest() {
        wait = null;
        clear();
        terminal.out().flush();
    }
}
