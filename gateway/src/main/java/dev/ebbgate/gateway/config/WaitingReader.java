package dev.ebbgate.gateway.config;

import dev.ebbgate.core.config.Bounds;
import dev.ebbgate.core.config.KeepAliveSettings;
import dev.ebbgate.core.config.Overrides;
import dev.ebbgate.core.config.Policies;
import dev.ebbgate.core.config.TimeoutSettings;
import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.policy.Failover;

import org.jspecify.annotations.Nullable;

import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/// Reads what is said about waiting, at the top and at each provider and route.
final class WaitingReader {

    /// The keys it reads at every level.
    static final Set<String> KEYS = Set.of("timeouts", "timeout", "keep-alive");

    static final String DURATION = "a duration such as 500ms, 90s, 1h30m or off";

    private static final Set<String> LIMITS = new LinkedHashSet<>();
    private static final String KEEP_ALIVE = "off, or {after: 15s, every: 15s}";

    static {
        for (Limit limit : Limit.values()) {
            LIMITS.add(limit.key());
        }
    }

    private final Bounds bounds;

    private WaitingReader(Bounds bounds) {
        this.bounds = bounds;
    }

    /// A reader that holds every level against the bounds written at the top.
    static WaitingReader of(Section top) {
        Map<Limit, Bounds.Range> written = new EnumMap<>(Limit.class);
        eachLimit(
                top.section("bounds", LIMITS),
                (limit, field) -> {
                    Bounds.Range range = range(field);
                    if (range != null) {
                        written.put(limit, range);
                    }
                });
        return new WaitingReader(Bounds.DEFAULT.with(written));
    }

    Policies policies(Section top) {
        return new Policies(
                timeouts(top, ""),
                keepAlive(top),
                bounds,
                overrides(top),
                FailoverReader.read(top, Failover.DEFAULT));
    }

    /// The limits written at a level.
    ///
    /// @param prefix of the level's key paths
    TimeoutSettings timeouts(Section level, String prefix) {
        Map<Limit, Span> written = new EnumMap<>(Limit.class);
        Set<String> admin = new LinkedHashSet<>();
        eachLimit(
                level.section("timeouts", LIMITS),
                (limit, field) -> {
                    Span value = span(field);
                    if (value != null) {
                        written.put(limit, value);
                        note(admin, "timeouts." + limit.key(), field);
                    }
                });
        Field legacy = level.get("timeout");
        note(admin, "timeout", legacy);
        TimeoutSettings settings =
                new TimeoutSettings(written, legacy == null ? null : span(legacy), admin);
        for (Limit limit : Limit.values()) {
            Span value = settings.value(limit);
            Field field = settings.isByTimeout(limit) ? legacy : limitField(level, limit);
            if (value != null && field != null && !bounds.allow(limit, value)) {
                field.refuse(outOfBounds(limit, settings.isByTimeout(limit)));
            }
        }
        return settings;
    }

    KeepAliveSettings keepAlive(Section level) {
        Field field = level.get("keep-alive");
        if (field == null || field.isNothing()) {
            return KeepAliveSettings.NONE;
        }
        if (field.isScalar()) {
            String text = field.text();
            if (text != null && !text.equals("off")) {
                field.refuse("a keep-alive is off or has two times; write " + KEEP_ALIVE);
            }
            return field.isAdmins() ? KeepAliveSettings.offByAdmin() : KeepAliveSettings.OFF;
        }
        Section section = field.section(Set.of("after", "every"));
        Set<String> admin = new LinkedHashSet<>();
        note(admin, "after", section.get("after"));
        note(admin, "every", section.get("every"));
        return new KeepAliveSettings(span(section.get("after")), span(section.get("every")), admin);
    }

    private static void note(Set<String> admin, String key, @Nullable Field field) {
        if (field != null && field.isAdmins()) {
            admin.add(key);
        }
    }

    private Overrides overrides(Section top) {
        Map<Limit, Span> max = new EnumMap<>(Limit.class);
        eachLimit(
                top.section("overrides", LIMITS),
                (limit, field) -> {
                    Field own = field.section(Set.of("max")).get("max");
                    Span value = span(own);
                    if (own != null && value != null) {
                        max.put(limit, value);
                        if (!bounds.allow(limit, value)) {
                            own.refuse(outOfBounds(limit, false));
                        }
                    }
                });
        return new Overrides(max);
    }

    private String outOfBounds(Limit limit, boolean byTimeout) {
        String key = limit.key();
        String within = " lies within " + bounds.text(limit);
        return byTimeout
                ? "it also sets "
                        + key
                        + ", which"
                        + within
                        + "; write timeouts."
                        + key
                        + " beside it"
                : key + within + "; write a value in these bounds, off, or other bounds." + key;
    }

    private static @Nullable Field limitField(Section level, Limit limit) {
        return level.names("timeouts").get(limit.key());
    }

    private static Bounds.@Nullable Range range(Field field) {
        List<Field> items = field.items("[5s, 1h]");
        if (!field.isList()) {
            return null;
        }
        if (items.size() != 2) {
            field.refuse("bounds are two durations; write for example [5s, 1h]");
            return null;
        }
        Span min = span(items.get(0));
        Span max = span(items.get(1));
        if (min == null || max == null) {
            return null;
        }
        if (min.isOff() || min.isLongerThan(max)) {
            field.refuse("the lower bound comes first; write for example [5s, 1h]");
            return null;
        }
        return new Bounds.Range(min, max);
    }

    static @Nullable Span span(@Nullable Field field) {
        return field == null ? null : field.read(Span::parse, DURATION);
    }

    private static void eachLimit(Section section, BiConsumer<Limit, Field> each) {
        for (Limit limit : Limit.values()) {
            Field field = section.get(limit.key());
            if (field != null) {
                each.accept(limit, field);
            }
        }
    }
}
