package dev.ebbgate.tools.stream;

import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.ResolvedLimit;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.limit.Timeouts;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/// The limits on the answer of a streaming model. Each counts from when to when as told at [Limit];
/// what is not set has the default told there.
///
/// A framework does not say when its connection is usable, so `first-token` counts from the call,
/// connecting included.
///
/// @param written what was set
/// @param single the one timeout of programs that know no phases, or null
public record StreamLimits(Map<Limit, ResolvedLimit> written, @Nullable Span single) {

    public static final StreamLimits DEFAULT = new StreamLimits(Map.of(), null);

    public StreamLimits {
        Map<Limit, ResolvedLimit> copy = new EnumMap<>(Limit.class);
        copy.putAll(written);
        written = Collections.unmodifiableMap(copy);
    }

    /// Call → first token.
    public StreamLimits withFirstToken(Duration value) {
        return with(Limit.FIRST_TOKEN, Span.of(value), "withFirstToken");
    }

    /// After the first token: time in which nothing arrives.
    public StreamLimits withStreamIdle(Duration value) {
        return with(Limit.STREAM_IDLE, Span.of(value), "withStreamIdle");
    }

    /// After the first token: time without a token, whatever else arrives.
    public StreamLimits withNoProgress(Duration value) {
        return with(Limit.NO_PROGRESS, Span.of(value), "withNoProgress");
    }

    /// Call → end of the answer.
    public StreamLimits withTotal(Duration value) {
        return with(Limit.REQUEST, Span.of(value), "withTotal");
    }

    /// These limits but for one that is switched off.
    public StreamLimits without(Limit limit) {
        return with(limit, Span.OFF, "without");
    }

    /// Takes the one timeout that a program has had so far for both phases, before the first token
    /// and between tokens; whichever of the two is set by itself, before or after, wins over it.
    public StreamLimits withSingleTimeout(Duration value) {
        return new StreamLimits(written, Span.of(value));
    }

    private StreamLimits with(Limit limit, Span value, String setter) {
        Map<Limit, ResolvedLimit> more = new EnumMap<>(Limit.class);
        more.putAll(written);
        more.put(limit, new ResolvedLimit(limit, value, "StreamLimits." + setter));
        return new StreamLimits(more, single);
    }

    /// The limits in force, each with where it was set.
    public Timeouts timeouts() {
        return Timeouts.DEFAULTS.map(this::inForce);
    }

    private ResolvedLimit inForce(ResolvedLimit byDefault) {
        ResolvedLimit own = written.get(byDefault.limit());
        if (own != null) {
            return own;
        }
        return switch (byDefault.limit()) {
            case CONNECT, ATTEMPT ->
                    new ResolvedLimit(byDefault.limit(), Span.OFF, ResolvedLimit.DEFAULT);
            case FIRST_TOKEN, STREAM_IDLE -> ofBothPhases(byDefault);
            case NO_PROGRESS, REQUEST -> byDefault;
        };
    }

    private ResolvedLimit ofBothPhases(ResolvedLimit byDefault) {
        return single == null
                ? byDefault
                : new ResolvedLimit(byDefault.limit(), single, "StreamLimits.withSingleTimeout");
    }
}
