package dev.ebbgate.core.policy;

import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.ResolvedLimit;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.setting.Sourced;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/// What is to happen when an attempt fails.
///
/// @param when the failures after which the next target is tried
/// @param firstToken the patience while another target remains; `off` leaves it to the limit
/// @param retries how often the same target is asked again, after fast failures only
/// @param retryAfterMax the longest Retry-After that is waited for
/// @param reserve what each untried target is left of `request` beyond its `first-token`
/// @param hedgeAfter without a first token for so long, the next target starts too; or `off`
public record Failover(
        Set<Trigger> when,
        Sourced<Span> firstToken,
        int retries,
        Backoff backoff,
        Span retryAfterMax,
        Span reserve,
        MidStream midStream,
        Span hedgeAfter) {

    public static final Failover DEFAULT =
            new Failover(
                    Trigger.DEFAULT,
                    Sourced.byDefault(Span.ofSeconds(180)),
                    1,
                    Backoff.DEFAULT,
                    Span.ofSeconds(3),
                    Span.ofSeconds(30),
                    MidStream.DEFAULT,
                    Span.OFF);

    private static final Sourced<Span> NO_PATIENCE = Sourced.byDefault(Span.OFF);

    /// More is a storm, not patience.
    public static final int MOST_RETRIES = 10;

    public Failover {
        Set<Trigger> copy = EnumSet.noneOf(Trigger.class);
        copy.addAll(when);
        when = Collections.unmodifiableSet(copy);
        if (retries < 0 || retries > MOST_RETRIES) {
            throw new IllegalArgumentException("retries lie in 0.." + MOST_RETRIES);
        }
        if (retryAfterMax.isOff() || reserve.isOff()) {
            throw new IllegalArgumentException("only first-token and hedge can be off");
        }
    }

    public boolean isHedged() {
        return !hedgeAfter.isOff();
    }

    /// The `first-token` in force while another target remains: the shorter of the two. The default
    /// patience only ever shortens the default limit, never one that somebody wrote.
    public ResolvedLimit patience(ResolvedLimit own) {
        boolean written = !own.source().startsWith(ResolvedLimit.DEFAULT);
        if (!own.value().isLongerThan(firstToken.value()) || (firstToken.isDefault() && written)) {
            return own;
        }
        String source =
                firstToken.isDefault()
                        ? ResolvedLimit.DEFAULT + ", cut to failover.first-token"
                        : firstToken.source();
        return new ResolvedLimit(Limit.FIRST_TOKEN, firstToken.value(), source);
    }

    /// The same for answers that come as a whole: their `first-token` includes the generation,
    /// which only a patience that somebody wrote may cut short.
    public Failover forWhole() {
        return firstToken.isDefault() ? withFirstToken(NO_PATIENCE) : this;
    }

    private Failover withFirstToken(Sourced<Span> patience) {
        return new Failover(
                when, patience, retries, backoff, retryAfterMax, reserve, midStream, hedgeAfter);
    }
}
