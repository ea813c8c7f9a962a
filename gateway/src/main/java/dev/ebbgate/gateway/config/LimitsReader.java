package dev.ebbgate.gateway.config;

import dev.ebbgate.core.config.Limits;
import dev.ebbgate.core.config.Limits.Sizes;
import dev.ebbgate.core.config.Limits.Waits;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.setting.Size;
import dev.ebbgate.core.setting.Sourced;

import java.util.Set;
import java.util.function.Function;

/// Reads the gateway's bounds on itself: `limits: {…}`.
final class LimitsReader {

    private static final Set<String> KEYS =
            Set.of(
                    "request-body",
                    "event",
                    "header",
                    "buffered",
                    "exchanges",
                    "request-read",
                    "client-stall",
                    "after-finish",
                    "drain");
    private static final String SIZE = "a size such as 64KiB or 32MiB";
    private static final int MOST_EXCHANGES = 1_000_000;

    private final Section section;

    private LimitsReader(Section section) {
        this.section = section;
    }

    static Limits read(Section top) {
        LimitsReader reader = new LimitsReader(top.section("limits", KEYS));
        return new Limits(reader.sizes(), reader.waits());
    }

    private Sizes sizes() {
        Sizes byDefault = Sizes.DEFAULT;
        return new Sizes(
                value("request-body", byDefault.requestBody(), LimitsReader::arraySize, SIZE),
                value("event", byDefault.event(), LimitsReader::arraySize, SIZE),
                value("header", byDefault.header(), LimitsReader::arraySize, SIZE),
                value("buffered", byDefault.buffered(), Size::parse, SIZE),
                value("exchanges", byDefault.exchanges(), LimitsReader::count, "a number"));
    }

    private Waits waits() {
        Waits byDefault = Waits.DEFAULT;
        return new Waits(
                wait("request-read", byDefault.requestRead()),
                wait("client-stall", byDefault.clientStall()),
                wait("after-finish", byDefault.afterFinish()),
                wait("drain", byDefault.drain()));
    }

    private Sourced<Span> wait(String key, Sourced<Span> byDefault) {
        return value(key, byDefault, LimitsReader::spanNotOff, "a duration such as 90s");
    }

    private <T> Sourced<T> value(
            String key, Sourced<T> byDefault, Function<String, T> parse, String expected) {
        return Written.sourced(section.get(key), parse, expected, byDefault);
    }

    private static Size arraySize(String text) {
        Size size = Size.parse(text);
        if (size.bytes() > Sizes.LARGEST.bytes()) {
            throw new IllegalArgumentException("too large; write at most " + Sizes.LARGEST);
        }
        return size;
    }

    private static Span spanNotOff(String text) {
        if (text.equals("off") || text.matches("[0hms]+")) {
            throw new IllegalArgumentException(
                    "this wait guards the gateway and cannot be " + text + "; write a duration");
        }
        return Span.parse(text);
    }

    private static Integer count(String text) {
        if (!text.matches("[1-9]\\d{0,6}") || Integer.parseInt(text) > MOST_EXCHANGES) {
            throw new IllegalArgumentException(
                    "a number of exchanges is expected; write 1 to " + MOST_EXCHANGES);
        }
        return Integer.valueOf(text);
    }
}
