package dev.ebbgate.gateway.events;

import dev.ebbgate.core.event.Event;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;

/// The events that wait for one outlet, and the thread that hands them over, so that an outlet
/// which is slow or gone holds up nothing: not the traffic, and no other outlet. What does not fit
/// is dropped and counted at once, for an outlet may never come back; the count is logged, and told
/// as an event as soon as the outlet takes one again.
final class Queue implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("dev.ebbgate.events");

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /// How often it looks whether it is to end.
    private static final long LOOK_MILLIS = 100;

    private final Outlet outlet;
    private final BlockingQueue<Happened> waiting;
    private final Function<Happened, byte[]> encode;
    private final Function<Event, Happened> stamp;
    private final AtomicLong lost = new AtomicLong();
    private final Consumer<Event.Lost> counter;
    private final Thread writer;
    private volatile boolean closing;
    private volatile String whyLost = "more came than it took";
    private boolean complained;

    /// @param stamp gives an event of the queue's own its moment
    /// @param counter is told of each loss
    Queue(
            Outlet outlet,
            int most,
            Function<Happened, byte[]> encode,
            Function<Event, Happened> stamp,
            Consumer<Event.Lost> counter) {
        this.counter = counter;
        this.outlet = outlet;
        this.waiting = new ArrayBlockingQueue<>(most);
        this.encode = encode;
        this.stamp = stamp;
        this.writer = Thread.ofPlatform().daemon().name("ebbgate-events").start(this::run);
    }

    void add(Happened happened) {
        if (closing || !waiting.offer(happened)) {
            lose(1);
        }
    }

    private void lose(long events) {
        lost.addAndGet(events);
        counter.accept(new Event.Lost("events for " + outlet.name(), events, whyLost));
    }

    private void run() {
        try {
            while (!closing || !waiting.isEmpty()) {
                Happened next = waiting.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (next != null) {
                    hand(next);
                }
            }
        } catch (InterruptedException _) {
            // Only close() interrupts, where there is no more time.
        }
        sayLost();
        outlet.close();
    }

    private void hand(Happened next) throws InterruptedException {
        try {
            write(next);
        } catch (InterruptedException e) {
            lose(1);
            throw e;
        } catch (RuntimeException e) {
            lose(1);
            LOG.error("an event could not be written", e);
        }
    }

    private void write(Happened happened) throws InterruptedException {
        try {
            outlet.write(encode.apply(happened));
            complained = false;
            long dropped = lost.getAndSet(0);
            if (dropped > 0) {
                LOG.warn("{} events for {} were dropped: {}", dropped, outlet.name(), whyLost);
                var told = new Event.Lost("events for " + outlet.name(), dropped, whyLost);
                if (!waiting.offer(stamp.apply(told))) {
                    lost.addAndGet(dropped); // said with the next ones
                }
            }
        } catch (IOException e) {
            whyLost = String.valueOf(e.getMessage());
            lose(1);
            if (!complained) {
                complained = true;
                LOG.warn("events for {} are dropped: {}", outlet.name(), whyLost);
            }
        }
    }

    private void sayLost() {
        long dropped = lost.get();
        if (dropped > 0) {
            LOG.warn("{} events for {} were dropped: {}", dropped, outlet.name(), whyLost);
        }
    }

    /// Hands over what waits, as far as that can be done in two seconds.
    @Override
    public void close() {
        closing = true;
        try {
            if (!writer.join(PATIENCE)) {
                whyLost = "the gateway ended";
                lose(waiting.size());
                waiting.clear();
                writer.interrupt();
                writer.join(PATIENCE);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
