package dev.ebbgate.tools.figures;

import java.util.Locale;

/// One line of the table.
///
/// @param most what is asked for at most; not a number where nothing is
/// @param pool the same with a `ScheduledThreadPoolExecutor`; not a number where there is none
/// @param future the same with `CompletableFuture.orTimeout`; likewise
record Figure(String what, String unit, double ours, double most, double pool, double future) {

    static final double NONE = Double.NaN;

    static Figure of(String what, String unit, double ours, double most) {
        return new Figure(what, unit, ours, most, NONE, NONE);
    }

    Figure beside(double executor, double completable) {
        return new Figure(what, unit, ours, most, executor, completable);
    }

    String verdict() {
        if (Double.isNaN(most)) {
            return "";
        }
        return ours <= most ? "holds" : "does not hold";
    }

    String row() {
        return "| "
                + String.join(
                        " | ",
                        what + ", " + unit,
                        text(ours),
                        text(pool),
                        text(future),
                        text(most),
                        verdict())
                + " |";
    }

    private static String text(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        String pattern = Math.abs(value) >= 100 || value == Math.rint(value) ? "%,.0f" : "%.2f";
        return String.format(Locale.ROOT, pattern, value);
    }
}
