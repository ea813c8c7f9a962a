package dev.ebbgate.gateway.metrics;

import dev.ebbgate.core.health.Bulletin;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/// How targets stand, looked up for each scrape: targets come and go.
final class Health {

    private final MultiGauge breakers;
    private final MultiGauge inFlight;
    private final MultiGauge waiting;
    private final MultiGauge retries;
    private volatile Supplier<Stream<Bulletin>> bulletins = Stream::empty;

    Health(MeterRegistry registry) {
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

    void look() {
        List<Bulletin> now = bulletins.get().toList();
        show(breakers, now, bulletin -> state(bulletin.condition()));
        show(inFlight, now, Bulletin::inFlight);
        show(waiting, now, Bulletin::waiting);
        show(retries, now, Bulletin::retriesLeft);
    }

    private static void show(
            MultiGauge gauge, List<Bulletin> now, ToLongFunction<Bulletin> number) {
        Function<Bulletin, Row<?>> row =
                bulletin ->
                        Row.of(Tags.of("target", bulletin.target()), number.applyAsLong(bulletin));
        gauge.register(now.stream().<Row<?>>map(row).toList(), true);
    }

    private static long state(Bulletin.Condition condition) {
        return switch (condition) {
            case CLOSED -> 0;
            case HALF_OPEN -> 1;
            case OPEN -> 2;
        };
    }
}
