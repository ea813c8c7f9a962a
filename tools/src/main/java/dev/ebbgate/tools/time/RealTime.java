package dev.ebbgate.tools.time;

import dev.ebbgate.core.limit.Deadline;

import java.util.concurrent.locks.LockSupport;

/// The time of this machine.
final class RealTime implements TimeSource {

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Thread start(String name, Runnable body) {
        return Thread.ofVirtual().name(name).start(body);
    }

    @Override
    public Thread startKeeper(String name, Runnable body) {
        return Thread.ofPlatform().name(name).daemon().start(body);
    }

    @Override
    public void park(long untilNanos) {
        if (untilNanos == Deadline.NEVER) {
            LockSupport.park(this);
            return;
        }
        long left = untilNanos - System.nanoTime();
        if (left > 0) {
            LockSupport.parkNanos(this, left);
        }
    }

    @Override
    public void unpark(Thread thread) {
        LockSupport.unpark(thread);
    }

    @Override
    public void interrupt(Thread thread) {
        thread.interrupt();
    }
}
