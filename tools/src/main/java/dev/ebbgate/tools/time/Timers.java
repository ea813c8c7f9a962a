package dev.ebbgate.tools.time;

import dev.ebbgate.core.limit.Deadline;

import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;

/// One thread that fires timers when their moments come, never earlier. Safe for threads.
public final class Timers implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Timers.class.getName());

    /// When a timer gets another turn that had no memory, or no stack, to fire with.
    private static final long AGAIN_NANOS = 10_000_000;

    /// How many timers are taken from the heap at once, so that others get at the lock.
    private static final int BATCH = 256;

    private final TimeSource time;
    private final ReentrantLock lock = new ReentrantLock();
    private final TimerHeap heap = new TimerHeap();
    private final Thread keeper;
    private long plannedNanos = Deadline.NEVER;
    private volatile boolean closed;

    public Timers(TimeSource time) {
        this.time = time;
        this.keeper = time.startKeeper("ebbgate-timers", this::keep);
    }

    /// Lets the timer fire at that moment, instead of any other it was armed for.
    public void arm(Timer timer, long atNanos) {
        boolean sooner;
        lock.lock();
        try {
            heap.put(timer, atNanos);
            sooner = plannedNanos == Deadline.NEVER || atNanos - plannedNanos < 0;
            if (sooner) {
                plannedNanos = atNanos;
            }
        } finally {
            lock.unlock();
        }
        if (sooner) {
            time.unpark(keeper);
        }
    }

    /// Forgets the timer. It may still fire if its moment has come already.
    public void cancel(Timer timer) {
        lock.lock();
        try {
            heap.remove(timer);
        } finally {
            lock.unlock();
        }
    }

    /// What they go by.
    public TimeSource time() {
        return time;
    }

    /// How many are armed.
    public int armed() {
        lock.lock();
        try {
            return heap.size();
        } finally {
            lock.unlock();
        }
    }

    private void keep() {
        ArrayDeque<Timer> due = new ArrayDeque<>(BATCH);
        while (!closed) {
            try {
                turn(due);
            } catch (VirtualMachineError _) {
                // There was no memory; by the next turn there may be.
            }
        }
    }

    private void turn(ArrayDeque<Timer> due) {
        long now = time.nanoTime();
        long next = take(due, now);
        if (due.isEmpty()) {
            time.park(next);
        }
        for (Timer timer = due.poll(); timer != null; timer = due.poll()) {
            fire(timer, now);
        }
    }

    /// Takes what is due; answers the moment of the first that is not.
    private long take(ArrayDeque<Timer> due, long now) {
        lock.lock();
        try {
            Timer first = heap.first();
            while (first != null && due.size() < BATCH && Deadline.due(first.atNanos, now)) {
                heap.remove(first);
                due.add(first);
                first = heap.first();
            }
            plannedNanos = first == null ? Deadline.NEVER : first.atNanos;
            return plannedNanos;
        } finally {
            lock.unlock();
        }
    }

    /// A defect in one timer must not silence the others, and want of memory must silence none.
    private void fire(Timer timer, long now) {
        try {
            timer.fire(now);
        } catch (VirtualMachineError _) {
            arm(timer, Deadline.plus(now, AGAIN_NANOS));
        } catch (Throwable e) { // whatever it is, the others are to fire
            LOG.log(System.Logger.Level.ERROR, "a timer failed", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        time.unpark(keeper);
    }
}
