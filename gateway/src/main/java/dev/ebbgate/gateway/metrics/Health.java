package dev.ebbgate.gateway.metrics;

import dev.ebbgate.core.health.Bulletin;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How targets stand, asked when somebody wants to see it: targets come and go.
final class Health {

    /// One collection asks for every number of every target.
    private static final long FRESH_NANOS = 500_000_000L;

    private final Labels names;
    private final MultiGauge breakers;
    private final MultiGauge inFlight;
    private final MultiGauge waiting;
    private final MultiGauge retries;
    private volatile Supplier<Stream<Bulletin>> bulletins = Stream::empty;
    private volatile Set<String> shown = Set.of();
    private Map<String, Bulletin> latest = Map.of();
    private long askedNanos = System.nanoTime() - FRESH_NANOS;

    /// @param names of the targets that are shown; others would be without number
    Health(MeterRegistry registry, Labels names) {
        this.names = names;
        breakers =
                MultiGauge.builder("ebbgate.breaker.state")
                        .description("0 closed, 1 half-open, 2 open")
                        .register(registry);
        inFlight =
                MultiGauge.builder("ebbgate.target.in_flight")
                        .description("Attempts under way")
                        .register(registry);
        waiting =
                MultiGauge.builder("ebbgate.target.waiting")
                        .description("Attempts in the queue of the target's provider")
                        .register(registry);
        retries =
                MultiGauge.builder("ebbgate.retry_budget.left")
                        .description("Retries and hedges that the target may still get now")
                        .register(registry);
    }

    void follow(Supplier<Stream<Bulletin>> source) {
        bulletins = source;
    }

    /// Shows the targets that there are now.
    void look() {
        Set<String> targets =
                latest(0).keySet().stream()
                        .filter(target -> names.of(target).equals(target))
                        .collect(Collectors.toUnmodifiableSet());
        if (targets.equals(shown)) {
            return;
        }
        shown = targets;
        show(breakers, bulletin -> state(bulletin.condition()));
        show(inFlight, Bulletin::inFlight);
        show(waiting, Bulletin::waiting);
        show(retries, Bulletin::retriesLeft);
    }

    private void show(MultiGauge gauge, ToLongFunction<Bulletin> number) {
        Function<String, Row<?>> row =
                target -> Row.of(Tags.of("target", target), () -> value(target, number));
        gauge.register(shown.stream().<Row<?>>map(row).toList(), true);
    }

    private double value(String target, ToLongFunction<Bulletin> number) {
        Bulletin now = latest(FRESH_NANOS).get(target);
        return now == null ? Double.NaN : number.applyAsLong(now);
    }

    /// How targets stand, asked anew where it was asked longer ago.
    private synchronized Map<String, Bulletin> latest(long ago) {
        long now = System.nanoTime();
        if (now - askedNanos >= ago) {
            askedNanos = now;
            latest =
                    bulletins
                            .get()
                            .collect(Collectors.toMap(Bulletin::target, b -> b, (_, b) -> b));
        }
        return latest;
    }

    private static long state(Bulletin.Condition condition) {
        return switch (condition) {
            case CLOSED -> 0;
            case HALF_OPEN -> 1;
            case OPEN -> 2;
        };
    }
}
