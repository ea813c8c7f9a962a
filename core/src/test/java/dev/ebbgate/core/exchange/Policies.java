package dev.ebbgate.core.exchange;

import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.ResolvedLimit;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.limit.Timeouts;
import dev.ebbgate.core.policy.Failover;
import dev.ebbgate.core.policy.Trigger;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// Policies for tests.
final class Policies {

    static final Timeouts UNLIMITED =
            Timeouts.DEFAULTS.map(limit -> new ResolvedLimit(limit.limit(), Span.OFF, "test"));

    /// No failure is followed by another attempt.
    static final Failover ALONE = when(Failover.DEFAULT, Set.of());

    private Policies() {}

    static Failover when(Failover failover, Set<Trigger> when) {
        return new Failover(
                when,
                failover.firstToken(),
                failover.retries(),
                failover.backoff(),
                failover.retryAfterMax(),
                failover.reserve(),
                failover.midStream(),
                failover.hedgeAfter());
    }

    /// The next target begins too after so long without a token.
    static Failover hedged(String after) {
        return hedged(Failover.DEFAULT, after);
    }

    static Failover hedged(Failover failover, String after) {
        return new Failover(
                failover.when(),
                failover.firstToken(),
                failover.retries(),
                failover.backoff(),
                failover.retryAfterMax(),
                failover.reserve(),
                failover.midStream(),
                Span.parse(after));
    }

    static Timeouts only(Limit limit, String value) {
        return UNLIMITED.with(new ResolvedLimit(limit, Span.parse(value), "test"));
    }

    static Timeouts defaultsBut(Limit limit, String value) {
        return Timeouts.DEFAULTS.with(new ResolvedLimit(limit, Span.parse(value), "test"));
    }

    /// A stream without keep-alives.
    static ExchangePolicy streamed(Timeouts timeouts) {
        return policy(true, timeouts, Span.OFF);
    }

    static ExchangePolicy buffered(Timeouts timeouts) {
        return policy(false, timeouts, Span.OFF);
    }

    static ExchangePolicy withKeepAlive(Timeouts timeouts, String span) {
        return policy(true, timeouts, Span.parse(span));
    }

    /// Two targets and a client that gets signs of life.
    static ExchangePolicy keptAlive(String span, Failover failover) {
        return policy(
                true, List.of(Timeouts.DEFAULTS, Timeouts.DEFAULTS), failover, Span.parse(span));
    }

    /// One target after another.
    static ExchangePolicy chain(boolean streamed, Failover failover, Timeouts... targets) {
        return policy(streamed, List.of(targets), failover, Span.OFF);
    }

    private static ExchangePolicy policy(boolean streamed, Timeouts timeouts, Span keepAlive) {
        return policy(streamed, List.of(timeouts), ALONE, keepAlive);
    }

    private static ExchangePolicy policy(
            boolean streamed, List<Timeouts> targets, Failover failover, Span keepAlive) {
        return new ExchangePolicy(
                streamed,
                targets,
                IntStream.range(0, targets.size()).mapToObj(List::of).toList(),
                failover,
                keepAlive,
                keepAlive,
                Span.ofSeconds(300),
                Span.ofSeconds(5));
    }
}
