package dev.ebbgate.core.limit;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A positive length of time, or `off`. Written `500ms`, `90s`, `1h30m` or `off`; never a bare
/// number.
///
/// @param nanos the length in nanoseconds; [Long#MAX_VALUE] is `off`
public record Span(long nanos) {

    /// No limit at all.
    public static final Span OFF = new Span(Long.MAX_VALUE);

    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;

    /// The longest that may be written: a year. Longer is surely a slip, and sums of spans never
    /// overflow.
    private static final long LONGEST = 366 * 24 * HOUR;

    private static final Pattern TERM = Pattern.compile("(\\d{1,12})(ms|s|m|h)");
    private static final Pattern WHOLE = Pattern.compile("(\\d{1,12}(ms|s|m|h))+");
    private static final Pattern ZERO = Pattern.compile("0+(ms|s|m|h)?");
    private static final Pattern BARE = Pattern.compile("\\d+");

    public Span {
        if (nanos <= 0) {
            throw new IllegalArgumentException("a span is positive: " + nanos + " ns");
        }
    }

    public static Span of(Duration duration) {
        return new Span(duration.toNanos());
    }

    public static Span ofSeconds(long seconds) {
        return new Span(Math.multiplyExact(seconds, SECOND));
    }

    public static Span ofMillis(long millis) {
        return new Span(Math.multiplyExact(millis, MILLI));
    }

    /// Reads a span as people write it.
    ///
    /// @throws IllegalArgumentException with a message that says what to write instead
    public static Span parse(String text) {
        if (text.equals("off")) {
            return OFF;
        }
        if (ZERO.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "0 could mean \"never\" or \"default\"; write off, or leave it out to inherit");
        }
        if (BARE.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" has no unit; write " + text + "s or " + text + "ms");
        }
        if (!WHOLE.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a duration; write for example 500ms, 90s or 1h30m");
        }
        long nanos = 0;
        Matcher term = TERM.matcher(text);
        while (term.find()) {
            long unit = unit(term.group(2));
            long count = Long.parseLong(term.group(1));
            if (count > LONGEST / unit || (nanos += count * unit) > LONGEST) {
                throw new IllegalArgumentException(
                        "\"" + text + "\" is longer than a year; write 8784h or less");
            }
        }
        if (nanos == 0) {
            throw new IllegalArgumentException(
                    "0 could mean \"never\" or \"default\"; write off, or leave it out to inherit");
        }
        return new Span(nanos);
    }

    public boolean isOff() {
        return nanos == Long.MAX_VALUE;
    }

    public boolean isLongerThan(Span other) {
        return nanos > other.nanos;
    }

    public Span shorter(Span other) {
        return nanos <= other.nanos ? this : other;
    }

    /// The moment this span after `startNanos`, for comparison by subtraction; [Deadline#NEVER]
    /// when off.
    public long after(long startNanos) {
        return isOff() ? Deadline.NEVER : Deadline.plus(startNanos, nanos);
    }

    public long millis() {
        return nanos / MILLI;
    }

    /// The way to write it: the largest units first, exact to the millisecond.
    @Override
    public String toString() {
        return isOff() ? "off" : text(nanos);
    }

    private static String text(long nanos) {
        long left = Math.max(1, (nanos + MILLI / 2) / MILLI) * MILLI;
        StringBuilder out = new StringBuilder();
        for (Unit unit : Unit.values()) {
            long count = left / unit.nanos;
            if (count > 0) {
                out.append(count).append(unit.suffix);
                left -= count * unit.nanos;
            }
        }
        return out.toString();
    }

    private static long unit(String suffix) {
        for (Unit unit : Unit.values()) {
            if (unit.suffix.equals(suffix)) {
                return unit.nanos;
            }
        }
        throw new IllegalArgumentException(suffix);
    }

    private enum Unit {
        HOURS(HOUR, "h"),
        MINUTES(MINUTE, "m"),
        SECONDS(SECOND, "s"),
        MILLIS(MILLI, "ms");

        private final long nanos;
        private final String suffix;

        Unit(long nanos, String suffix) {
            this.nanos = nanos;
            this.suffix = suffix;
        }
    }
}
