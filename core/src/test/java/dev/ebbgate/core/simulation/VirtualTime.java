package dev.ebbgate.core.simulation;

import dev.ebbgate.core.limit.Deadline;

import java.util.Comparator;
import java.util.PriorityQueue;

/// What happens when. Time stands still while something happens, then leaps to the next. What is
/// due at the same moment happens in the order in which it was arranged.
final class VirtualTime {

    private record Due(long atNanos, long order, Runnable event) {}

    private final PriorityQueue<Due> queue =
            new PriorityQueue<>(
                    Comparator.comparingLong(Due::atNanos).thenComparingLong(Due::order));
    private long nowNanos;
    private long arranged;

    long nowNanos() {
        return nowNanos;
    }

    /// Arranges an event, not before now; one that is [Deadline#NEVER] due never happens.
    void at(long atNanos, Runnable event) {
        if (atNanos != Deadline.NEVER) {
            queue.add(new Due(Math.max(atNanos, nowNanos), arranged++, event));
        }
    }

    /// Lets everything happen that is arranged, and what comes of it.
    void run() {
        while (true) {
            Due next = queue.poll();
            if (next == null) {
                return;
            }
            nowNanos = next.atNanos;
            next.event.run();
        }
    }
}
