package dev.ebbgate.core.health;

import java.util.List;

/// Grants everything and remembers nothing.
record Unwatched() implements Standing, Permit {

    static final Unwatched INSTANCE = new Unwatched();

    @Override
    public Admission ask(int target, Purpose purpose, long nowNanos) {
        return new Granted(this);
    }

    @Override
    public boolean cools(int target, long nowNanos) {
        return false;
    }

    @Override
    public boolean refusesRetry(int target, long nowNanos, long atNanos) {
        return false;
    }

    @Override
    public List<Integer> order(List<List<Integer>> places) {
        return places.stream().flatMap(List::stream).toList();
    }

    @Override
    public int soonest(List<Integer> targets, long nowNanos) {
        return targets.getFirst();
    }

    @Override
    public int key() {
        return 0;
    }

    @Override
    public void report(Sign sign, long nowNanos) {}

    @Override
    public boolean hasOtherKey(long nowNanos) {
        return false;
    }

    @Override
    public void release(long nowNanos) {}
}
