package dev.ebbgate.core.watch;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/// How much of the time to their cliff the calls of the last hour took, minute by minute. Its size
/// is fixed, however many calls there are: a percent is a bin. Confined to one thread.
final class TailWindow {

    static final int MINUTES = 60;

    /// Who takes more than twice the time is counted as that; the slowest call is exact.
    private static final int BINS = 201;

    private static final class Minute {
        private long number = Long.MIN_VALUE;
        private final int[] bins = new int[BINS];
        private long calls;
        private int max;

        void restart(long at) {
            number = at;
            calls = 0;
            max = 0;
            Arrays.fill(bins, 0);
        }
    }

    /// The tail of some calls.
    ///
    /// @param p99 by nearest rank, in percent of the time to the cliff
    /// @param near how many took as long as makes a cliff near
    record Figures(long calls, int p99, int max, long near) {}

    private final Minute[] minutes = new Minute[MINUTES];

    TailWindow() {
        Arrays.setAll(minutes, _ -> new Minute());
    }

    /// Adds a call that ended in this minute; one that ended before the window is left out.
    void add(long minute, int percent) {
        Minute slot = minutes[Math.floorMod(minute, MINUTES)];
        if (slot.number < minute) {
            slot.restart(minute);
        }
        if (slot.number == minute) {
            slot.bins[Math.clamp(percent, 0, BINS - 1)]++;
            slot.calls++;
            slot.max = Math.max(slot.max, percent);
        }
    }

    /// The calls of the hour that ends with this minute.
    Figures hour(long minute) {
        int[] bins = new int[BINS];
        long calls = 0;
        int max = 0;
        for (Minute slot : minutes) {
            if (slot.number > minute - MINUTES && slot.number <= minute) {
                for (int i = 0; i < BINS; i++) {
                    bins[i] += slot.bins[i];
                }
                calls += slot.calls;
                max = Math.max(max, slot.max);
            }
        }
        return figures(bins, calls, max);
    }

    /// The calls of one minute, or null if there was none.
    @Nullable Figures one(long minute) {
        Minute slot = minutes[Math.floorMod(minute, MINUTES)];
        return slot.number == minute && slot.calls > 0
                ? figures(slot.bins, slot.calls, slot.max)
                : null;
    }

    private static Figures figures(int[] bins, long calls, int max) {
        long near = 0;
        for (int i = CliffWatch.NEAR; i < BINS; i++) {
            near += bins[i];
        }
        return new Figures(calls, Math.min(max, p99(bins, calls)), max, near);
    }

    private static int p99(int[] bins, long calls) {
        long rank = (calls * 99 + 99) / 100;
        long seen = 0;
        for (int i = 0; i < BINS; i++) {
            seen += bins[i];
            if (seen >= rank && seen > 0) {
                return i;
            }
        }
        return 0;
    }
}
