package dev.ebbgate.cli.audit;

import dev.ebbgate.ledger.audit.Row;
import dev.ebbgate.ledger.pace.Measured;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/// Numbers and names as they are shown in a terminal.
public final class Words {

    private static final double TEN = 10;
    private static final double HUNDRED = 100;
    private static final double NANOS_PER_SECOND = 1e9;

    private Words() {}

    /// Seconds with as many digits as mean something: `0.412`, `7.7`, `491`.
    static String seconds(double seconds) {
        double size = Math.abs(seconds);
        String format = size < 1 ? "%.3f" : size < TEN ? "%.2f" : size < HUNDRED ? "%.1f" : "%.0f";
        return String.format(Locale.ROOT, format, seconds);
    }

    /// The same, with a mark where it may be more.
    static String seconds(Measured measured) {
        return (measured.isAtLeast() ? "≥" : "") + seconds(measured.seconds());
    }

    /// A moment or length in a timeline: `3.005s`.
    static String exact(long nanos) {
        return String.format(Locale.ROOT, "%.3fs", nanos / NANOS_PER_SECOND);
    }

    /// What strangers wrote, without what could move a terminal's cursor.
    public static String plain(@Nullable String text) {
        return text == null ? "" : text.replaceAll("\\p{C}", "?");
    }

    /// The line that warns of a row whose tail comes near the cliff; null where it does not.
    static @Nullable String warning(Row row) {
        if (!row.isNear()) {
            return null;
        }
        String max = seconds(row.max());
        String cliff = seconds(row.question().cliffMillis() / 1_000.0);
        String p99 = ", p99 " + seconds(row.percentile(99)) + "s";
        long beyond = row.cell().total().atLeast(row.question().cliffMillis());
        if (beyond > 0) {
            return plain(row.name())
                    + ": "
                    + beyond
                    + " of "
                    + row.cell().count()
                    + " took "
                    + cliff
                    + "s or more, where consumers give up (longest "
                    + max
                    + "s"
                    + p99
                    + ")";
        }
        return plain(row.name())
                + ": the longest of "
                + row.cell().count()
                + " took "
                + max
                + "s, "
                + Math.round(row.share() * HUNDRED)
                + " % of the way to the cliff at "
                + cliff
                + "s"
                + p99;
    }
}
