package dev.ebbgate.core.health;

import dev.ebbgate.core.event.Event;
import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.limit.Span;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicInteger;

/// What is known of one target: its breaker, its retry budget, and how many attempts it has in
/// flight. Thread-safe.
final class TargetHealth {

    /// What it asked for.
    private record Rest(long sinceNanos, long untilNanos) {}

    final String model;
    final ProviderHealth provider;
    final Breaker breaker;
    final RetryBudget budget;
    private final AtomicInteger inFlight;
    private volatile @Nullable Rest rest;

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

    /// Leaves it to itself until then, as it asked for with the only key there is. Other targets of
    /// the provider may have limits of their own.
    void rest(long sinceNanos, long untilNanos) {
        rest = new Rest(sinceNanos, untilNanos);
    }

    /// It has answered well in an attempt that began then; an earlier one says nothing of a limit
    /// that was reached since.
    void wake(long begunNanos) {
        Rest own = rest;
        if (own != null && begunNanos - own.sinceNanos >= 0) {
            rest = null;
        }
    }

    /// Whether it is not to be asked now.
    ///
    /// @param lastResort whether there is no other
    boolean refuses(boolean lastResort, long nowNanos) {
        return breaker.refuses(lastResort, nowNanos) || (!lastResort && rests(nowNanos));
    }

    private boolean rests(long nowNanos) {
        Rest own = rest;
        return own != null && !Deadline.due(own.untilNanos, nowNanos);
    }

    /// When it can be asked again.
    long readyAtNanos(long nowNanos) {
        long cool = breaker.coolsUntil(nowNanos);
        Rest own = rest;
        return own != null && own.untilNanos - cool > 0 ? own.untilNanos : cool;
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
