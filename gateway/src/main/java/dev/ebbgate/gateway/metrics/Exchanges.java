package dev.ebbgate.gateway.metrics;

import dev.ebbgate.core.exchange.Waits;
import dev.ebbgate.core.ledger.Entry;
import dev.ebbgate.core.ledger.Entry.Tried;
import dev.ebbgate.core.ledger.Ledger;
import dev.ebbgate.core.limit.Deadline;

import io.micrometer.core.instrument.MeterRegistry;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// Counts and times exchanges and their attempts when they are over. Meters are looked up by where
/// something happened, so that after the first time nothing is built anew. Thread-safe.
final class Exchanges implements Ledger {

    private static final int MOST_TARGETS = 200;
    private static final int MOST_ROUTES = 200;

    private final MeterRegistry registry;
    private final Labels targets;
    private final Labels routes;
    private final Limits limits;
    private final Map<RouteMeters.Place, RouteMeters> byRoute = new ConcurrentHashMap<>();
    private final Map<TargetMeters.Place, TargetMeters> byTarget = new ConcurrentHashMap<>();

    Exchanges(MeterRegistry registry, OwnNames own) {
        this.registry = registry;
        this.targets = new Labels(MOST_TARGETS, own::isTarget);
        this.routes = new Labels(MOST_ROUTES, own::isRoute);
        this.limits = new Limits(registry);
    }

    /// The names of targets.
    Labels targets() {
        return targets;
    }

    @Override
    public void record(Entry entry) {
        exchange(entry);
        for (int i = 0; i < entry.attempts().size(); i++) {
            attempt(entry, entry.attempts().get(i), entry.cause(i));
        }
    }

    private void exchange(Entry entry) {
        Entry.Asked asked = entry.asked();
        String route = routes.of(asked.route());
        RouteMeters.Place place =
                new RouteMeters.Place(
                        asked.operation(),
                        asked.dialect(),
                        route,
                        asked.streamed(),
                        ErrorType.of(entry.outcome()));
        RouteMeters meters =
                byRoute.computeIfAbsent(place, wanted -> new RouteMeters(registry, wanted));
        meters.duration().record(entry.totalNanos(), TimeUnit.NANOSECONDS);
        Tried last = entry.attempts().isEmpty() ? null : entry.attempts().getLast();
        if (last != null && last.waits().firstTokenNanos() != Deadline.NEVER) {
            meters.firstToken().record(last.waits().firstTokenNanos(), TimeUnit.NANOSECONDS);
            perToken(meters, last);
        }
        if (entry.isOutcomeOwn()) {
            limits.fired(entry.outcome(), route);
        }
    }

    private static void perToken(RouteMeters meters, Tried last) {
        long others = last.answered().completionTokens() - 1;
        Waits waits = last.waits();
        if (others > 0 && waits.overNanos() != Deadline.NEVER) {
            long nanos = waits.overNanos() - waits.firstTokenNanos();
            meters.perToken().record(nanos / others, TimeUnit.NANOSECONDS);
        }
    }

    private void attempt(Entry entry, Tried tried, Entry.Cause cause) {
        TargetMeters.Place place =
                new TargetMeters.Place(
                        entry.asked().operation(),
                        entry.asked().dialect(),
                        targets.of(tried.target()),
                        cause,
                        ErrorType.of(tried.outcome()));
        TargetMeters meters =
                byTarget.computeIfAbsent(place, wanted -> new TargetMeters(registry, wanted));
        Waits waits = tried.waits();
        if (waits.overNanos() != Deadline.NEVER) {
            meters.duration().record(waits.overNanos() - waits.startNanos(), TimeUnit.NANOSECONDS);
        }
        if (waits.firstTokenNanos() != Deadline.NEVER) {
            meters.firstChunk()
                    .record(waits.firstTokenNanos() - waits.startNanos(), TimeUnit.NANOSECONDS);
        }
        tokens(meters, tried.answered());
        limits.fired(tried.outcome(), routes.of(entry.asked().route()));
    }

    private static void tokens(TargetMeters meters, Entry.Answered answered) {
        if (answered.promptTokens() >= 0) {
            meters.input().record((double) answered.promptTokens());
        }
        if (answered.completionTokens() >= 0) {
            meters.output().record((double) answered.completionTokens());
        }
    }
}
