package dev.ebbgate.core.resolve;

import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.ResolvedLimit;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.limit.Timeouts;
import dev.ebbgate.core.setting.KeepAlive;
import dev.ebbgate.core.setting.Sourced;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

/// How long an official SDK will wait, as its headers tell: a free deadline that the caller did not
/// know it sent. What the number means depends on the language: python, the longest gap; js, until
/// the head; java, the whole call. It never ends a flowing stream of python or js.
public final class ClientPatience {

    public static final String TIMEOUT = "x-stainless-timeout";
    public static final String READ_TIMEOUT = "x-stainless-read-timeout";
    public static final String LANG = "x-stainless-lang";

    private static final Pattern SECONDS = Pattern.compile("\\d{1,8}(\\.\\d{1,9})?");

    /// What the way back to the client may take.
    private static final Span MARGIN = Span.ofMillis(500);

    private final @Nullable ResolvedLimit timeout;
    private final @Nullable ResolvedLimit readTimeout;
    private final String lang;

    private ClientPatience(
            @Nullable ResolvedLimit timeout, @Nullable ResolvedLimit readTimeout, String lang) {
        this.timeout = timeout;
        this.readTimeout = readTimeout;
        this.lang = lang;
    }

    /// What to do for this client.
    public record Adjusted(Timeouts timeouts, KeepAlive keepAlive) {}

    /// Reads the headers. What cannot be read says nothing.
    ///
    /// @param headers from a lower-case name to its value, or null
    public static ClientPatience of(Function<String, @Nullable String> headers) {
        String lang = headers.apply(LANG);
        return new ClientPatience(
                read(headers, TIMEOUT),
                read(headers, READ_TIMEOUT),
                lang == null ? "" : lang.strip().toLowerCase(Locale.ROOT));
    }

    /// Shrinks `request` for a buffered call and for java; else makes the head, or a keep-alive,
    /// leave before the client gives up. A keep-alive that is off stays off.
    public Adjusted adjust(Timeouts timeouts, KeepAlive keepAlive, boolean streamed) {
        if (!streamed) {
            return new Adjusted(shrink(shrink(timeouts, timeout), readTimeout), keepAlive);
        }
        if (lang.equals("java")) {
            return new Adjusted(shrink(timeouts, first(timeout, readTimeout)), keepAlive);
        }
        boolean js = lang.equals("js");
        ResolvedLimit most = js ? first(timeout, readTimeout) : first(readTimeout, timeout);
        return most == null
                ? new Adjusted(timeouts, keepAlive)
                : new Adjusted(timeouts, sooner(keepAlive, most, js));
    }

    private static Timeouts shrink(Timeouts timeouts, @Nullable ResolvedLimit most) {
        return most == null ? timeouts : HeaderLimits.shrinkRequest(timeouts, most);
    }

    private static KeepAlive sooner(KeepAlive keepAlive, ResolvedLimit most, boolean onlyHead) {
        Sourced<Span> every = keepAlive.every();
        return new KeepAlive(
                sooner(keepAlive.after(), most), onlyHead ? every : sooner(every, most));
    }

    private static Sourced<Span> sooner(Sourced<Span> configured, ResolvedLimit most) {
        Span value = configured.value();
        return value.isOff() || !value.isLongerThan(most.value())
                ? configured
                : new Sourced<>(most.value(), most.source());
    }

    private static @Nullable ResolvedLimit first(
            @Nullable ResolvedLimit preferred, @Nullable ResolvedLimit other) {
        return preferred == null ? other : preferred;
    }

    private static @Nullable ResolvedLimit read(
            Function<String, @Nullable String> headers, String name) {
        String text = headers.apply(name);
        if (text == null || !SECONDS.matcher(text.strip()).matches()) {
            return null;
        }
        Span value = lessMargin((long) (Double.parseDouble(text.strip()) * 1_000));
        return value.isOff()
                ? null
                : new ResolvedLimit(Limit.REQUEST, value, HeaderLimits.source(name));
    }

    /// The value less the margin, but never below half of it; nothing for 0, which SDKs send for
    /// "none".
    private static Span lessMargin(long millis) {
        if (millis < 2) {
            return Span.OFF;
        }
        return Span.ofMillis(Math.max(millis - MARGIN.millis(), millis / 2));
    }
}
