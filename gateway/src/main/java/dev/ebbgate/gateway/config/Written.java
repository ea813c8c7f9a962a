package dev.ebbgate.gateway.config;

import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.setting.Size;
import dev.ebbgate.core.setting.Sourced;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Readers of single values; what is absent or refused is taken from `otherwise`, the value that is
/// inherited.
final class Written {

    private static final Pattern ZERO = Pattern.compile("0[0hms]*");
    private static final Pattern COUNT = Pattern.compile("\\d{1,9}");

    private Written() {}

    /// A duration that cannot be off.
    static Span wait(@Nullable Field field, Span otherwise) {
        return value(field, Written::wait, "a duration such as 30s", otherwise);
    }

    /// A duration, or `off`.
    static Span span(@Nullable Field field, Span otherwise) {
        return value(field, Span::parse, WaitingReader.DURATION, otherwise);
    }

    static Size size(@Nullable Field field, Size otherwise) {
        return value(field, Size::parse, "a size such as 8MiB", otherwise);
    }

    /// A whole number between two bounds, both included.
    static int count(@Nullable Field field, int least, int most, int otherwise) {
        String expected = least + " to " + most;
        return value(field, text -> count(text, least, most), expected, otherwise);
    }

    /// One of the names that `key` gives to `values`.
    static <T> T choice(
            @Nullable Field field, Collection<T> values, Function<T, String> key, T otherwise) {
        Map<String, T> named = new LinkedHashMap<>();
        values.forEach(value -> named.put(key.apply(value), value));
        String expected = "one of " + String.join(", ", named.keySet());
        return value(field, text -> choice(text, named), expected, otherwise);
    }

    /// A value with its place in the file.
    static <T> Sourced<T> sourced(
            @Nullable Field field,
            Function<String, T> parse,
            String expected,
            Sourced<T> inherited) {
        T value = field == null ? null : field.read(parse, expected);
        return field == null || value == null ? inherited : new Sourced<>(value, field.source());
    }

    static <T> T value(
            @Nullable Field field, Function<String, T> parse, String expected, T otherwise) {
        T value = field == null ? null : field.read(parse, expected);
        return value == null ? otherwise : value;
    }

    /// Reads a duration that cannot be off.
    static Span wait(String text) {
        if (ZERO.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "0 could mean \"never\" or \"default\"; write a duration");
        }
        Span span = Span.parse(text);
        if (span.isOff()) {
            throw new IllegalArgumentException("this time cannot be off; write a duration");
        }
        return span;
    }

    private static Integer count(String text, int least, int most) {
        if (!COUNT.matcher(text).matches()
                || Integer.parseInt(text) < least
                || Integer.parseInt(text) > most) {
            throw new IllegalArgumentException(
                    "a whole number is expected here; write " + least + " to " + most);
        }
        return Integer.valueOf(text);
    }

    private static <T> T choice(String text, Map<String, T> named) {
        T value = named.get(text);
        if (value == null) {
            throw new IllegalArgumentException(
                    "unknown value; write " + Section.meant(text, named.keySet()));
        }
        return value;
    }
}
