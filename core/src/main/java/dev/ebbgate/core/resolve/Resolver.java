package dev.ebbgate.core.resolve;

import dev.ebbgate.core.config.KeepAliveSettings;
import dev.ebbgate.core.config.TimeoutSettings;
import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.ResolvedLimit;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.limit.Timeouts;
import dev.ebbgate.core.setting.KeepAlive;
import dev.ebbgate.core.setting.Sourced;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Function;

/// The one place where levels are merged: default → top → provider → route, the nearer wins, and
/// every value keeps its source. Request headers come last, in [HeaderLimits].
public final class Resolver {

    private Resolver() {}

    /// The limits in force.
    public static Timeouts timeouts(List<Level> levels) {
        return cutDefaults(asWritten(levels));
    }

    /// The limits as merged, before a default above a written `request` is cut to it.
    public static Timeouts asWritten(List<Level> levels) {
        return Timeouts.DEFAULTS.map(byDefault -> nearest(byDefault, levels));
    }

    /// The keep-alive in force.
    public static KeepAlive keepAlive(List<Level> levels) {
        Sourced<Span> after = KeepAlive.DEFAULT.after();
        Sourced<Span> every = KeepAlive.DEFAULT.every();
        for (Level level : levels) {
            after = nearer(after, level, "after", KeepAliveSettings::after);
            every = nearer(every, level, "every", KeepAliveSettings::every);
        }
        return new KeepAlive(after, every);
    }

    /// A default above a `request` that somebody wrote could never fire: it is cut to it, and says
    /// so. A default that is `off` stays off.
    static Timeouts cutDefaults(Timeouts timeouts) {
        ResolvedLimit request = timeouts.request();
        if (isDefault(request)) {
            return timeouts;
        }
        return timeouts.map(limit -> isCut(limit, request.value()) ? cut(limit, request) : limit);
    }

    static boolean isDefault(ResolvedLimit limit) {
        return limit.source().equals(ResolvedLimit.DEFAULT);
    }

    private static boolean isCut(ResolvedLimit limit, Span request) {
        return isDefault(limit) && !limit.value().isOff() && limit.value().isLongerThan(request);
    }

    private static ResolvedLimit cut(ResolvedLimit limit, ResolvedLimit request) {
        String source = ResolvedLimit.DEFAULT + ", cut to " + request.source();
        return new ResolvedLimit(limit.limit(), request.value(), source);
    }

    private static ResolvedLimit nearest(ResolvedLimit byDefault, List<Level> levels) {
        Limit limit = byDefault.limit();
        ResolvedLimit nearest = byDefault;
        for (Level level : levels) {
            TimeoutSettings settings = level.timeouts();
            Span value = settings.value(limit);
            if (value != null) {
                nearest = new ResolvedLimit(limit, value, settings.source(level.prefix(), limit));
            }
        }
        return nearest;
    }

    private static Sourced<Span> nearer(
            Sourced<Span> farther,
            Level level,
            String key,
            Function<KeepAliveSettings, @Nullable Span> part) {
        Span value = part.apply(level.keepAlive());
        return value == null
                ? farther
                : new Sourced<>(value, level.keepAlive().source(level.prefix(), key));
    }
}
