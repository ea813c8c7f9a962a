package dev.ebbgate.bench.load;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Saturating load: each of N connections asks again as soon as its answer is whole.
public final class ClosedLoop implements Course {
    private static final int DRAIN_SECONDS = 20;

    private final Tally tally = new Tally();
    private final CountDownLatch open;
    private volatile boolean stopping;

    private ClosedLoop(int connections) {
        open = new CountDownLatch(connections);
    }

    /// Starts `connections` callers against this port.
    public static ClosedLoop start(Loops loops, int port, int connections, Shot shot) {
        ClosedLoop loop = new ClosedLoop(connections);
        loops.connect(connections, port, loop, shot);
        return loop;
    }

    /// What has been counted since the start.
    public Tally tally() {
        return tally;
    }

    /// Lets the answers under way finish, and waits for them.
    public void stop() throws InterruptedException {
        stopping = true;
        if (!open.await(DRAIN_SECONDS, TimeUnit.SECONDS)) {
            tally.failed(open.getCount() + " answers did not end");
        }
    }

    @Override
    public void ready(Caller caller) {
        caller.send(System.nanoTime());
    }

    @Override
    public void progressed(Caller caller, int events) {
        tally.events(events);
    }

    @Override
    public void answered(Caller caller) {
        tally.answered();
        caller.shot().problem(caller.answer()).ifPresent(tally::failed);
        if (stopping) {
            caller.close();
        } else {
            caller.send(System.nanoTime());
        }
    }

    @Override
    public void closed(Caller caller) {
        if (!stopping || caller.waiting()) {
            tally.failed("connection closed: " + caller.answer());
        }
        open.countDown();
    }

    @Override
    public void refused(Throwable why) {
        tally.failed("no connection: " + why);
        open.countDown();
    }
}
