package dev.ebbgate.core.config;

import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.Span;

import java.util.EnumMap;
import java.util.Map;

/// What may be written for a limit, in the file or in a header. `off` is not bounded: it is always
/// a deliberate choice, and only the file can make it.
///
/// @param ranges bounds that are written replace the default for their own limit only
public record Bounds(Map<Limit, Range> ranges) {

    public static final Bounds DEFAULT =
            new Bounds(
                    Map.of(Limit.STREAM_IDLE, new Range(Span.ofSeconds(5), Span.ofSeconds(3600))));

    public Bounds {
        ranges = Map.copyOf(ranges);
    }

    /// These bounds, with those in `nearer` instead where both name a limit.
    public Bounds with(Map<Limit, Range> nearer) {
        Map<Limit, Range> all = new EnumMap<>(Limit.class);
        all.putAll(ranges);
        all.putAll(nearer);
        return new Bounds(all);
    }

    public boolean allow(Limit limit, Span value) {
        Range range = ranges.get(limit);
        return range == null || value.isOff() || range.contains(value);
    }

    /// The bounds of `limit` as text: `5s to 1h`.
    public String text(Limit limit) {
        Range range = ranges.get(limit);
        return range == null ? "any" : range.min() + " to " + range.max();
    }

    /// The shortest and the longest that may be written, both included.
    public record Range(Span min, Span max) {
        public Range {
            if (min.isLongerThan(max)) {
                throw new IllegalArgumentException("the lower bound comes first");
            }
        }

        boolean contains(Span value) {
            return !min.isLongerThan(value) && !value.isLongerThan(max);
        }
    }
}
