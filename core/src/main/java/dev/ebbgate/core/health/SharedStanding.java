package dev.ebbgate.core.health;

import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.setting.Sourced;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;

/// The targets of one exchange, looked up when they are first spoken of.
final class SharedStanding implements Standing {

    private static final Admission SPENT = new Spent();

    private final IntFunction<TargetHealth> lookup;
    private final @Nullable TargetHealth[] targets;

    SharedStanding(int count, IntFunction<TargetHealth> lookup) {
        this.lookup = lookup;
        this.targets = new TargetHealth[count];
    }

    private TargetHealth target(int index) {
        TargetHealth known = targets[index];
        if (known == null) {
            known = lookup.apply(index);
            targets[index] = known;
        }
        return known;
    }

    @Override
    public Admission ask(int index, Purpose purpose, long nowNanos) {
        TargetHealth target = target(index);
        if (refuses(target, purpose, nowNanos)) {
            return cooling(target, nowNanos);
        }
        Places places = target.provider.places();
        if (places == null || places.enter()) {
            return admit(target, purpose, nowNanos);
        }
        return purpose == Purpose.HEDGE ? SPENT : new Full(new Queued(target, purpose, places));
    }

    /// What is asked again has waited for as long as it was told.
    private static boolean refuses(TargetHealth target, Purpose purpose, long nowNanos) {
        return purpose == Purpose.RETRY
                ? target.breaker.refuses(false, nowNanos)
                : target.refuses(purpose == Purpose.LAST_RESORT, nowNanos);
    }

    @Override
    public boolean cools(int index, long nowNanos) {
        return target(index).refuses(false, nowNanos);
    }

    @Override
    public boolean refusesRetry(int index, long nowNanos, long atNanos) {
        TargetHealth target = target(index);
        return refuses(target, Purpose.RETRY, atNanos) || target.budget.left(nowNanos) == 0;
    }

    /// Admits an attempt that has its place; if it may not begin after all, the place goes back.
    private static Admission admit(TargetHealth target, Purpose purpose, long nowNanos) {
        Leave leave = target.breaker.ask(purpose == Purpose.LAST_RESORT, nowNanos);
        if (leave == null) {
            giveBack(target);
            return cooling(target, nowNanos);
        }
        if (!pays(target.budget, purpose, nowNanos)) {
            leave.close();
            giveBack(target);
            return SPENT;
        }
        return new Granted(new Grant(target, leave, nowNanos));
    }

    private static boolean pays(RetryBudget budget, Purpose purpose, long nowNanos) {
        return switch (purpose) {
            case RETRY, HEDGE -> budget.charge(nowNanos);
            case FIRST, FAILOVER, LAST_RESORT -> {
                budget.count(nowNanos);
                yield true;
            }
        };
    }

    private static void giveBack(TargetHealth target) {
        Places places = target.provider.places();
        if (places != null) {
            places.leave();
        }
    }

    private static Admission cooling(TargetHealth target, long nowNanos) {
        return new Cooling(target.readyAtNanos(nowNanos));
    }

    @Override
    public List<Integer> order(List<List<Integer>> places) {
        List<Integer> order = new ArrayList<>();
        for (List<Integer> place : places) {
            int from = order.size();
            order.addAll(place);
            if (place.size() > 1) {
                leastFirst(order.subList(from, order.size()));
            }
        }
        return order;
    }

    /// Counts once, for others go on counting while this sorts.
    private void leastFirst(List<Integer> place) {
        record Counted(int index, int inFlight) {}
        List<Integer> sorted =
                place.stream()
                        .map(index -> new Counted(index, target(index).inFlight()))
                        .sorted(Comparator.comparingInt(Counted::inFlight))
                        .map(Counted::index)
                        .toList();
        for (int i = 0; i < sorted.size(); i++) {
            place.set(i, sorted.get(i));
        }
    }

    @Override
    public int soonest(List<Integer> indices, long nowNanos) {
        int soonest = indices.getFirst();
        long shortest = Long.MAX_VALUE;
        for (int index : indices) {
            long wait = target(index).readyAtNanos(nowNanos) - nowNanos;
            if (wait < shortest) {
                shortest = wait;
                soonest = index;
            }
        }
        return soonest;
    }

    /// An attempt that waits for a place of its provider.
    private static final class Queued implements Ticket {

        private final TargetHealth target;
        private final Purpose purpose;
        private final Places.Waiting waiting;

        Queued(TargetHealth target, Purpose purpose, Places places) {
            this.target = target;
            this.purpose = purpose;
            this.waiting = places.line();
        }

        @Override
        public void whenTurn(Runnable turn) {
            waiting.whenTurn(turn);
        }

        @Override
        public Sourced<Span> patience() {
            return target.provider.queue();
        }

        @Override
        public Admission claim(long nowNanos) {
            return waiting.claim() ? admit(target, purpose, nowNanos) : new Full(this);
        }

        @Override
        public void cancel(long nowNanos) {
            waiting.cancel();
        }
    }
}
