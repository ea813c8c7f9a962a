package dev.ebbgate.core.health;

import dev.ebbgate.core.event.Event;
import dev.ebbgate.core.limit.Span;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicInteger;

/// What is known of one target: its breaker, its retry budget, and how many attempts it has in
/// flight. Thread-safe.
final class TargetHealth {

    final String model;
    final ProviderHealth provider;
    final Breaker breaker;
    final RetryBudget budget = new RetryBudget();
    private final AtomicInteger inFlight = new AtomicInteger();

    TargetHealth(ProviderHealth provider, String model) {
        this.provider = provider;
        this.model = model;
        this.breaker = new Breaker(provider.settings(), this::tell);
    }

    private void tell(Event.Breaker to, @Nullable Span cooldown) {
        provider.events().tell(new Event.BreakerMoved(name(), to, cooldown));
    }

    /// `provider/model`.
    String name() {
        return provider.name() + "/" + model;
    }

    int inFlight() {
        return inFlight.get();
    }

    void begun() {
        inFlight.incrementAndGet();
    }

    void over() {
        inFlight.decrementAndGet();
    }
}
