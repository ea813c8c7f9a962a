package dev.ebbgate.bench.load;

import io.netty.channel.EventLoop;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// Light load at a fixed rate, whatever the answers do: a latency runs from when the request was
/// due, so that waiting for a free connection counts.
public final class FixedRate implements Course {
    private static final int CONNECTIONS = 16;

    private final Tally tally = new Tally();
    private final Deque<Caller> free = new ArrayDeque<>();
    private final Deque<Long> due = new ArrayDeque<>();
    private final EventLoop loop;
    private @Nullable ScheduledFuture<?> ticks;
    private boolean stopping;

    private FixedRate(EventLoop loop) {
        this.loop = loop;
    }

    /// Starts asking `perSecond` times a second, on one event loop.
    public static FixedRate start(Loops loops, int port, int perSecond, Shot shot) {
        EventLoop loop = loops.next();
        FixedRate rate = new FixedRate(loop);
        for (int i = 0; i < CONNECTIONS; i++) {
            loops.connect(loop, port, rate, shot, System.nanoTime());
        }
        long period = TimeUnit.SECONDS.toNanos(1) / perSecond;
        loop.execute(() -> rate.tickEvery(period));
        return rate;
    }

    private void tickEvery(long period) {
        ticks =
                loop.scheduleAtFixedRate(
                        this::tick,
                        TimeUnit.MILLISECONDS.toNanos(100),
                        period,
                        TimeUnit.NANOSECONDS);
    }

    /// What has been counted since the start.
    public Tally tally() {
        return tally;
    }

    /// Ends the load; answers under way are not waited for.
    public void stop() throws InterruptedException {
        loop.submit(this::end).await(1, TimeUnit.SECONDS);
    }

    private void end() {
        stopping = true;
        if (ticks != null) {
            ticks.cancel(false);
        }
        free.forEach(Caller::close);
        free.clear();
    }

    private void tick() {
        due.add(System.nanoTime());
        pump();
    }

    private void pump() {
        while (!due.isEmpty() && !free.isEmpty()) {
            free.pop().send(due.remove());
        }
    }

    @Override
    public void ready(Caller caller) {
        free.push(caller);
        pump();
    }

    @Override
    public void progressed(Caller caller, int events) {
        tally.events(events);
    }

    @Override
    public void answered(Caller caller) {
        tally.answered();
        tally.took(caller.readNanos() - caller.dueNanos());
        caller.shot().problem(caller.answer()).ifPresent(tally::failed);
        if (stopping) {
            caller.close();
        } else {
            ready(caller);
        }
    }

    @Override
    public void closed(Caller caller) {
        if (!stopping) {
            tally.failed("connection closed: " + caller.answer());
            free.remove(caller);
        }
    }

    @Override
    public void refused(Throwable why) {
        tally.failed("no connection: " + why);
    }
}
