package dev.ebbgate.core.exchange;

/// Lengths of time that have passed, as people read them: `2m0.1s`, `3.0s`, `45ms`.
final class Elapsed {

    private static final long MILLI = 1_000_000L;

    private Elapsed() {}

    static String text(long nanos) {
        long millis = Math.max(0, nanos / MILLI);
        if (millis < 1_000) {
            return millis + "ms";
        }
        long tenths = millis / 100;
        String seconds = tenths % 600 / 10 + "." + tenths % 10 + "s";
        long minutes = tenths / 600;
        if (minutes == 0) {
            return seconds;
        }
        return (minutes >= 60 ? minutes / 60 + "h" : "") + minutes % 60 + "m" + seconds;
    }
}
