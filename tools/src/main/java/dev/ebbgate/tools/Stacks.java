package dev.ebbgate.tools;

import java.util.List;

/// Looks where bodies stand, but not at so many at once that the limits of others would fire late:
/// looking at one takes some microseconds.
final class Stacks {

    private static final long WINDOW_NANOS = 100_000_000;
    private static final int PER_WINDOW = 200;

    private long windowNanos;
    private int taken;

    List<StackTraceElement> take(Body<?, ?> body, long nowNanos) {
        return mayTake(nowNanos) ? body.stack() : List.of();
    }

    private synchronized boolean mayTake(long nowNanos) {
        if (nowNanos - windowNanos >= WINDOW_NANOS || taken == 0) {
            windowNanos = nowNanos;
            taken = 0;
        }
        return ++taken <= PER_WINDOW;
    }
}
