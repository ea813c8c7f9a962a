package dev.ebbgate.core.exchange;

import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.ResolvedLimit;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.limit.Timeouts;
import dev.ebbgate.core.policy.Failover;
import dev.ebbgate.core.policy.MidStream;
import dev.ebbgate.core.policy.Trigger;
import dev.ebbgate.core.setting.KeepAlive;
import dev.ebbgate.core.setting.Size;
import dev.ebbgate.core.setting.Sourced;

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
        return keptAlive(span, failover, Timeouts.DEFAULTS, Timeouts.DEFAULTS);
    }

    static ExchangePolicy keptAlive(String span, Failover failover, Timeouts... targets) {
        return policy(true, List.of(targets), failover, Span.parse(span));
    }

    /// One target after another.
    static ExchangePolicy chain(boolean streamed, Failover failover, Timeouts... targets) {
        return policy(streamed, List.of(targets), failover, Span.OFF);
    }

    static KeepAlive keepAlive(Span after, Span every) {
        return new KeepAlive(Sourced.byDefault(after), Sourced.byDefault(every));
    }

    /// No target is asked the same thing twice.
    static Failover noRetries() {
        Failover failover = Failover.DEFAULT;
        return new Failover(
                failover.when(),
                failover.firstToken(),
                0,
                failover.backoff(),
                failover.retryAfterMax(),
                failover.reserve(),
                failover.midStream(),
                failover.hedgeAfter());
    }

    static Failover midStream(MidStream.Mode mode, Failover failover) {
        return new Failover(
                failover.when(),
                failover.firstToken(),
                failover.retries(),
                failover.backoff(),
                failover.retryAfterMax(),
                failover.reserve(),
                new MidStream(mode, Size.ofMiB(8)),
                failover.hedgeAfter());
    }

    /// The same under `mid-stream: continue`, with these targets to go on.
    static ExchangePolicy continuing(ExchangePolicy policy, Set<Integer> continuing) {
        return new ExchangePolicy(
                policy.streamed(),
                policy.targets(),
                policy.places(),
                continuing,
                midStream(MidStream.Mode.CONTINUE, policy.failover()),
                policy.keepAlive(),
                policy.clientStall(),
                policy.afterFinish());
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
                Set.of(),
                failover,
                keepAlive(keepAlive, keepAlive),
                Sourced.byDefault(Span.ofSeconds(300)),
                Span.ofSeconds(5));
    }
}
