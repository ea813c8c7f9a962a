package dev.ebbgate.cli.demo;

import java.io.Console;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Map;

/// Where the tour is printed, and what can be done there.
///
/// @param live whether a line may be drawn over: only on a terminal
/// @param colour whether colours are wanted
/// @param unicode whether signs beyond ASCII can be printed
public record Terminal(PrintWriter out, boolean live, boolean colour, boolean unicode) {

    /// The output of this process. `NO_COLOR` and `TERM=dumb` are honoured.
    public static Terminal of(
            PrintWriter out, Map<String, String> environment, boolean isTerminal) {
        boolean live = isTerminal && !environment.getOrDefault("TERM", "dumb").equals("dumb");
        boolean colour = live && environment.getOrDefault("NO_COLOR", "").isEmpty();
        Charset charset = System.out.charset();
        return new Terminal(out, live, colour, charset.newEncoder().canEncode('✓'));
    }

    /// Whether someone sits before this process. Java 25 again has no console where there is none.
    @SuppressWarnings("SystemConsoleNull")
    public static boolean isTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    /// How a piece of text looks.
    enum Look {
        PLAIN(""),
        STRONG("1"),
        FAINT("2"),
        GOOD("32"),
        BAD("31"),
        LIVE("36");

        private final String code;

        Look(String code) {
            this.code = code;
        }
    }

    String paint(Look look, String text) {
        return colour && look != Look.PLAIN && !text.isEmpty()
                ? "\u001b[" + look.code + "m" + text + "\u001b[0m"
                : text;
    }

    String mark(boolean good) {
        if (good) {
            return paint(Look.GOOD, unicode ? "✓" : "+");
        }
        return paint(Look.BAD, unicode ? "✗" : "!");
    }

    String rule() {
        return paint(Look.FAINT, (unicode ? "─" : "-").repeat(Text.WIDTH));
    }

    /// A bar of `width` that is `share` full.
    String bar(double share, int width) {
        int full = (int) Math.round(Math.clamp(share, 0, 1) * width);
        return paint(Look.LIVE, (unicode ? "━" : "#").repeat(full))
                + paint(Look.FAINT, (unicode ? "─" : ".").repeat(width - full));
    }

    void line(String text) {
        out.println(text);
    }

    /// Draws over the present line, which stays open.
    void over(String text) {
        out.print("\r" + text + "\u001b[K");
        out.flush();
    }

    /// Wipes what [#over] has drawn.
    void wipe() {
        out.print("\r\u001b[K");
    }
}
