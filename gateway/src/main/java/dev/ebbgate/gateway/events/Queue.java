package dev.ebbgate.gateway.events;

import dev.ebbgate.core.event.Event;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/// The events that wait for one outlet, and the thread that hands them over, so that an outlet
/// which is slow or gone holds up nothing: not the traffic, and no other outlet. What does not fit
/// is dropped, and counted and told elsewhere at once, for an outlet may never come back.
final class Queue implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("dev.ebbgate.events");

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /// How often it looks whether it is to end.
    private static final long LOOK_MILLIS = 100;

    private final Outlet outlet;
    private final BlockingQueue<Happened> waiting;
    private final Function<Happened, byte[]> encode;
    private final Function<Event, Happened> stamp;
    private final Losses losses;
    private final Consumer<Event.Lost> counter;
    private final Consumer<Event> others;
    private final Thread writer;
    private volatile boolean closing;
    private volatile String whyLost = "more came than it took";

    /// @param stamp gives an event of the queue's own its moment
    /// @param counter is told of each loss
    /// @param others are told of losses now and then
    Queue(
            Outlet outlet,
            int most,
            Function<Happened, byte[]> encode,
            Function<Event, Happened> stamp,
            Consumer<Event.Lost> counter,
            Consumer<Event> others) {
        this.losses = new Losses(outlet.name());
        this.counter = counter;
        this.others = others;
        this.outlet = outlet;
        this.waiting = new ArrayBlockingQueue<>(most);
        this.encode = encode;
        this.stamp = stamp;
        this.writer = Thread.ofPlatform().daemon().name("ebbgate-events").start(this::run);
    }

    /// Takes an event, and leaves out what it lost itself: its outlet hears of that when it takes
    /// something again.
    void add(Happened happened) {
        boolean fits = losses.areToldBy(happened.event()) || (!closing && waiting.offer(happened));
        if (!fits) {
            lose(happened);
            tellLosses();
        }
    }

    private void lose(Happened happened) {
        counter.accept(losses.add(happened.event(), whyLost));
    }

    private void tellLosses() {
        tell(losses.due(System.nanoTime()));
    }

    private void tell(Event.@Nullable Lost lost) {
        if (lost != null) {
            others.accept(lost);
        }
    }

    private void run() {
        try {
            while (!closing || !waiting.isEmpty()) {
                Happened next = waiting.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (next != null) {
                    hand(next);
                }
                tellLosses();
            }
        } catch (InterruptedException _) {
            // Only close() interrupts, where there is no more time.
        }
        tell(losses.rest());
        outlet.close();
    }

    private void hand(Happened next) throws InterruptedException {
        try {
            write(next);
        } catch (InterruptedException e) {
            lose(next);
            throw e;
        } catch (RuntimeException e) {
            lose(next);
            LOG.error("an event could not be written", e);
        }
    }

    private void write(Happened happened) throws InterruptedException {
        try {
            outlet.write(encode.apply(happened));
            Event.Lost owed = losses.owed();
            if (owed != null && !waiting.offer(stamp.apply(owed))) {
                losses.owe(owed.count()); // said with the next ones
            }
        } catch (IOException e) {
            whyLost = String.valueOf(e.getMessage());
            lose(happened);
        }
    }

    /// Hands over what waits, as far as that can be done in two seconds.
    @Override
    public void close() {
        closing = true;
        try {
            if (!writer.join(PATIENCE)) {
                whyLost = "the gateway ended";
                counter.accept(losses.add(waiting.size(), whyLost));
                waiting.clear();
                writer.interrupt();
                writer.join(PATIENCE);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
