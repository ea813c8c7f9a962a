package dev.ebbgate.dialects;

import dev.ebbgate.core.limit.Span;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.function.Function;
import java.util.regex.Pattern;

/// How long a provider asks to be left alone.
public final class RetryAfter {

    /// What is asked for beyond a day is no better than a guess.
    static final Span LONGEST = Span.ofSeconds(24 * 3600);

    /// "At once", and what lies in the past. A span is never zero.
    static final Span SHORTEST = Span.ofMillis(1);

    private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,30}(\\.\\d{0,30})?");
    private static final long MILLIS_PER_SECOND = 1000;

    private RetryAfter() {}

    /// The wait that these headers ask for: `retry-after-ms`, else `retry-after` as seconds (a
    /// fraction too) or as an HTTP date; null where there is none or none can be read. Never
    /// shorter than a millisecond, never longer than a day.
    ///
    /// @param header looks up a header by its name in lower case
    /// @param epochMillis the time of day now, which a date is compared with
    public static @Nullable Span read(Function<String, @Nullable String> header, long epochMillis) {
        Span millis = decimal(header.apply("retry-after-ms"), 1);
        if (millis != null) {
            return millis;
        }
        String text = header.apply("retry-after");
        Span seconds = decimal(text, MILLIS_PER_SECOND);
        return seconds != null || text == null ? seconds : date(text.strip(), epochMillis);
    }

    private static @Nullable Span decimal(@Nullable String text, long unitMillis) {
        if (text == null || !DECIMAL.matcher(text.strip()).matches()) {
            return null;
        }
        BigDecimal millis = new BigDecimal(text.strip()).multiply(BigDecimal.valueOf(unitMillis));
        return within(millis.min(BigDecimal.valueOf(LONGEST.millis())).longValue());
    }

    /// The fixed form of RFC 9110, §5.6.7; the two obsolete ones are sent by nobody.
    private static @Nullable Span date(String text, long epochMillis) {
        try {
            Instant then = DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
            return within(Math.subtractExact(then.toEpochMilli(), epochMillis));
        } catch (DateTimeException | ArithmeticException _) {
            return null;
        }
    }

    private static Span within(long millis) {
        return Span.ofMillis(Math.clamp(millis, SHORTEST.millis(), LONGEST.millis()));
    }
}
