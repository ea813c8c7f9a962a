package dev.ebbgate.gateway.events;

import dev.ebbgate.core.event.Event;
import dev.ebbgate.core.limit.Expiry;
import dev.ebbgate.core.limit.Phase;
import dev.ebbgate.core.limit.Span;

import java.util.List;
import java.util.stream.Stream;

/// One event of every kind.
final class Samples {

    static final Event.Origin ORIGIN = new Event.Origin("x1", "coder", "nightly");
    static final Event TRUNCATED =
            new Event.LimitFired(
                    ORIGIN,
                    "vllm/big",
                    new Expiry(
                            "stream-idle",
                            Span.ofSeconds(300),
                            "routes.coder.timeouts.stream-idle",
                            Phase.STREAM,
                            Span.ofMillis(300_100).nanos()),
                    true);
    static final Event.Tail TAIL =
            new Event.Tail("coder", Span.ofSeconds(660), 257, 41, 74, Span.ofSeconds(1_200));
    static final Event REFUSED =
            new Event.Configured(Event.How.REFUSED, "SIGHUP", List.of("routes.coder.targets"));

    private Samples() {}

    static Stream<Event> all() {
        return Stream.of(
                TRUNCATED,
                new Event.FailedOver(ORIGIN, "a/m", "first-token", "b/m"),
                new Event.Slower(
                        ORIGIN, "a/m", 100_000, Span.ofSeconds(200), Span.ofSeconds(45), 3),
                new Event.BreakerMoved("a/m", Event.Breaker.OPEN, Span.ofSeconds(10)),
                new Event.BreakerMoved("a/m", Event.Breaker.HALF_OPEN, null),
                new Event.KeyRests("openai", 2, true, Span.ofSeconds(60)),
                new Event.CliffNear(TAIL, Event.Sign.P99),
                new Event.CliffQuiet(TAIL),
                REFUSED,
                new Event.Configured(Event.How.CHANGED, "admin", List.of("routes.coder")),
                new Event.Administered(Event.Act.DELETE, "exchange x1", "127.0.0.1", null),
                new Event.Lost("entries of the ledger", 12, "the disk is full"));
    }
}
