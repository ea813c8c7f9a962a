package dev.ebbgate.core.health;

import java.util.concurrent.atomic.AtomicLongArray;

/// How often something happened in the last ten seconds, counted by the second. Thread-safe without
/// a lock.
final class Tally {

    private static final long SECOND = 1_000_000_000L;
    private static final int SECONDS = 10;
    private static final long COUNT = 0xffff_ffffL;

    /// For each second of the last ten, its low 32 bits and its count.
    private final AtomicLongArray slots = new AtomicLongArray(SECONDS);

    void add(long nowNanos) {
        int second = second(nowNanos);
        slots.updateAndGet(
                Math.floorMod(second, SECONDS),
                slot -> isOf(slot, second) ? slot + 1 : ((long) second << 32) + 1);
    }

    /// Takes back an [#add] of the same moment.
    void remove(long nowNanos) {
        int second = second(nowNanos);
        slots.updateAndGet(
                Math.floorMod(second, SECONDS),
                slot -> isOf(slot, second) && (slot & COUNT) > 0 ? slot - 1 : slot);
    }

    long sum(long nowNanos) {
        int second = second(nowNanos);
        long sum = 0;
        for (int i = 0; i < SECONDS; i++) {
            long slot = slots.get(i);
            int age = second - (int) (slot >> 32);
            // Another thread's clock may be a little ahead.
            sum += age < SECONDS && age > -SECONDS ? slot & COUNT : 0;
        }
        return sum;
    }

    private static boolean isOf(long slot, int second) {
        return (int) (slot >> 32) == second;
    }

    private static int second(long nowNanos) {
        return (int) Math.floorDiv(nowNanos, SECOND);
    }
}
