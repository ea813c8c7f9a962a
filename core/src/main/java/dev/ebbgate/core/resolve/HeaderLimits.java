package dev.ebbgate.core.resolve;

import dev.ebbgate.core.config.Policies;
import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.ResolvedLimit;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.limit.Timeouts;

import org.jspecify.annotations.Nullable;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/// The nearest level: what a request's own headers say about its limits. A header may always
/// shorten a limit within its bounds; lengthen it only as far as `overrides` allow.
public final class HeaderLimits {

    /// Before the limit's key: `x-ebbgate-timeout-first-token`.
    public static final String PREFIX = "x-ebbgate-timeout-";

    /// The time that the caller has left at arrival; it only ever shrinks `request`.
    public static final String DEADLINE = "x-ebbgate-deadline";

    private static final String FAMILY = "x-ebbgate-timeout";
    private static final Map<Limit, String> NAMES = new EnumMap<>(Limit.class);

    static {
        for (Limit limit : Limit.values()) {
            NAMES.put(limit, PREFIX + limit.key());
        }
    }

    private final Function<String, @Nullable String> headers;
    private final Policies policies;

    private HeaderLimits(Function<String, @Nullable String> headers, Policies policies) {
        this.headers = headers;
        this.policies = policies;
    }

    /// What comes of reading the headers.
    public sealed interface Result permits Applied, BadHeader {}

    private sealed interface Read permits Value, Bad {}

    private record Value(ResolvedLimit limit) implements Read {}

    private record Bad(BadHeader header) implements Read {}

    /// The limits that hold for this request.
    public record Applied(Timeouts timeouts) implements Result {}

    /// A header that cannot be followed; nothing was applied.
    ///
    /// @param problem what is wrong and what to write instead
    public record BadHeader(String name, String problem) implements Result {}

    /// What is wrong with a header's name, or null: one that nearly names a limit must not be
    /// passed over in silence.
    ///
    /// @param name in any case
    public static @Nullable BadHeader misnamed(String name) {
        if (!name.regionMatches(true, 0, FAMILY, 0, FAMILY.length())) {
            return null;
        }
        String lower = name.toLowerCase(Locale.ROOT);
        if (NAMES.containsValue(lower)) {
            return null;
        }
        List<String> near = NearNames.of(lower, NAMES.values());
        return new BadHeader(
                lower,
                near.isEmpty()
                        ? "no limit of that name; write one of " + String.join(", ", NAMES.values())
                        : "no limit of that name; write " + near.getFirst());
    }

    /// Whether a header of this name sets a limit.
    ///
    /// @param name in any case
    public static boolean isLimit(String name) {
        return name.regionMatches(true, 0, PREFIX, 0, PREFIX.length())
                || name.equalsIgnoreCase(DEADLINE);
    }

    /// What is wrong with a limit's header that came several times, or null: none of its values is
    /// more the client's wish than another.
    ///
    /// @param name in any case
    public static @Nullable BadHeader repeated(String name, List<String> values) {
        return values.size() == 1
                ? null
                : new BadHeader(
                        name.toLowerCase(Locale.ROOT),
                        "given " + values.size() + " times; write it once");
    }

    /// Applies a request's headers to the limits of a target.
    ///
    /// @param headers from a lower-case name to its value, or null
    public static Result apply(
            Function<String, @Nullable String> headers, Timeouts resolved, Policies policies) {
        return new HeaderLimits(headers, policies).apply(resolved);
    }

    private Result apply(Timeouts resolved) {
        Timeouts timeouts = resolved;
        for (Limit limit : Limit.values()) {
            switch (one(resolved.get(limit))) {
                case Bad(BadHeader header) -> {
                    return header;
                }
                case Value(ResolvedLimit own) when own.equals(resolved.get(limit)) -> {}
                case Value(ResolvedLimit own) -> timeouts = timeouts.with(own);
            }
        }
        return deadline(Resolver.cutDefaults(timeouts));
    }

    /// The limit after its own header, if there is one.
    private Read one(ResolvedLimit resolved) {
        String name = Objects.requireNonNull(NAMES.get(resolved.limit()));
        String text = headers.apply(name);
        if (text == null) {
            return new Value(resolved);
        }
        Read read = read(name, resolved.limit(), text);
        if (read instanceof Value(ResolvedLimit own)) {
            String problem = problem(resolved, own.value());
            return problem == null ? read : bad(name, problem);
        }
        return read;
    }

    private Result deadline(Timeouts timeouts) {
        String text = headers.apply(DEADLINE);
        if (text == null) {
            return new Applied(timeouts);
        }
        return switch (read(DEADLINE, Limit.REQUEST, text)) {
            case Bad(BadHeader header) -> header;
            case Value(ResolvedLimit left) -> new Applied(shrinkRequest(timeouts, left));
        };
    }

    /// `request`, no longer than `most`.
    static Timeouts shrinkRequest(Timeouts timeouts, ResolvedLimit most) {
        return timeouts.request().value().isLongerThan(most.value())
                ? timeouts.with(most)
                : timeouts;
    }

    private @Nullable String problem(ResolvedLimit resolved, Span value) {
        Limit limit = resolved.limit();
        if (!policies.bounds().allow(limit, value)) {
            return value + " is out of bounds; write " + policies.bounds().text(limit);
        }
        if (!value.isLongerThan(resolved.value())) {
            return null;
        }
        Span most = policies.overrides().max(limit);
        if (most == null || !most.isLongerThan(resolved.value())) {
            return value
                    + " is longer than "
                    + limit.key()
                    + " is here; write at most "
                    + resolved.value();
        }
        return value.isLongerThan(most) ? value + " is too long; write at most " + most : null;
    }

    private static Read read(String name, Limit limit, String text) {
        Span value;
        try {
            value = Span.parse(text.strip());
        } catch (IllegalArgumentException e) {
            String problem = String.valueOf(e.getMessage());
            return bad(
                    name,
                    problem.startsWith("0 ") ? "0 is no duration; write for example 30s" : problem);
        }
        return value.isOff()
                ? bad(name, "a request cannot switch a limit off; write a duration")
                : new Value(new ResolvedLimit(limit, value, source(name)));
    }

    private static Read bad(String name, String problem) {
        return new Bad(new BadHeader(name, problem));
    }

    static String source(String header) {
        return ResolvedLimit.HEADER + header;
    }
}
