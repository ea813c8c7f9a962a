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
    final RetryBudget budget;
    private final AtomicInteger inFlight;

    TargetHealth(ProviderHealth provider, String model) {
        this.provider = provider;
        this.model = model;
        this.breaker = new Breaker(provider.settings(), this::tell);
        this.budget = new RetryBudget();
        this.inFlight = new AtomicInteger();
    }

    /// The same target under another configuration: what is in flight is counted for both.
    ///
    /// @param same whether its breaker is true of it still
    TargetHealth(ProviderHealth provider, TargetHealth before, boolean same) {
        this.provider = provider;
        this.model = before.model;
        this.breaker = same ? before.breaker : new Breaker(provider.settings(), this::tell);
        this.budget = before.budget;
        this.inFlight = before.inFlight;
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
