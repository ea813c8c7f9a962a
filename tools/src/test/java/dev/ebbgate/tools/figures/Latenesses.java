package dev.ebbgate.tools.figures;

import java.util.Arrays;

/// How late each of several was. Filled from any thread, a place each.
final class Latenesses {

    private final long[] nanos;

    Latenesses(int count) {
        nanos = new long[count];
    }

    void put(int index, long lateNanos) {
        nanos[index] = lateNanos;
    }

    double millis(double share) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1, (long) (share * sorted.length))] / 1e6;
    }

    int early() {
        return (int) Arrays.stream(nanos).filter(late -> late < 0).count();
    }
}
