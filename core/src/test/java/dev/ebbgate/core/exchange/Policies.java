package dev.ebbgate.core.exchange;

import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.ResolvedLimit;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.limit.Timeouts;

import java.util.List;

/// Policies for tests.
final class Policies {

    static final Timeouts UNLIMITED =
            Timeouts.DEFAULTS.map(limit -> new ResolvedLimit(limit.limit(), Span.OFF, "test"));

    private Policies() {}

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

    private static ExchangePolicy policy(boolean streamed, Timeouts timeouts, Span keepAlive) {
        return new ExchangePolicy(
                streamed,
                List.of(timeouts),
                keepAlive,
                keepAlive,
                Span.ofSeconds(300),
                Span.ofSeconds(5));
    }
}
