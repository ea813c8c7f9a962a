package dev.ebbgate.gateway.events;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.event.Event;
import dev.ebbgate.core.event.Events;
import dev.ebbgate.core.ledger.Entry;
import dev.ebbgate.core.ledger.Ledger;
import dev.ebbgate.core.watch.CliffWatches;
import dev.ebbgate.core.watch.Expectations;
import dev.ebbgate.core.watch.Occurrences;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/// Looks at the entries of exchanges, off the threads that move bytes, and tells what they show:
/// limits that ran out, changes of target, cliffs that come near, calls that are slower than usual.
/// What comes faster than it can be looked at is dropped and counted, and the count is told.
public final class Watch implements Ledger, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final int QUEUE = 10_000;

    /// How often it looks: being woken for each entry would cost every exchange a switch of
    /// threads.
    private static final long LOOK_MILLIS = 100;

    private static final long HOUR_MILLIS = 3_600_000;

    private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(QUEUE);
    private final LongAdder dropped = new LongAdder();
    private final Events events;
    private final Past past;
    private final CliffWatches cliffs = new CliffWatches();
    private final Expectations expectations = new Expectations();
    private final long beganMillis = System.currentTimeMillis();
    private final Thread watcher;
    private volatile Supplier<Config> config;
    private volatile boolean closing;

    /// Watches until [#close], and knows nothing of what was before.
    public Watch(Config config, Events events) {
        this(config, events, Past.NONE);
    }

    /// Watches until [#close].
    ///
    /// @param past of which the last hour counts for the cliffs, so that a restart does not hide
    ///   them; nothing of it is told again
    public Watch(Config config, Events events, Past past) {
        this.config = () -> config;
        this.events = events;
        this.past = past;
        this.watcher = Thread.ofPlatform().daemon().name("ebbgate-watch").start(this::run);
    }

    /// Goes by the configuration that is in force at each time; what was seen stays.
    public void follow(Supplier<Config> inForce) {
        config = inForce;
    }

    @Override
    public void record(Entry entry) {
        if (!queue.offer(entry)) {
            dropped.increment();
        }
    }

    private void run() {
        Config followed = config.get();
        cliffs.follow(followed);
        remember();
        List<Entry> batch = new ArrayList<>();
        while (!closing || !queue.isEmpty()) {
            pause();
            Config now = config.get();
            if (!now.routes().equals(followed.routes())) {
                cliffs.follow(now);
            }
            followed = now;
            queue.drainTo(batch);
            batch.forEach(this::look);
            batch.clear();
            cliffs.look(System.currentTimeMillis()).forEach(events::tell);
            tellDropped();
        }
    }

    private void remember() {
        try {
            past.tell(beganMillis - HOUR_MILLIS, beganMillis, cliffs::add);
        } catch (RuntimeException e) {
            LOG.error("what was before could not be looked at", e);
        }
    }

    private void pause() {
        try {
            if (!closing) {
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException _) {
            closing = true; // only close() interrupts, and what is left is still looked at
        }
    }

    /// What cannot be looked at costs its own event and no other.
    private void look(Entry entry) {
        try {
            Occurrences.of(entry).forEach(events::tell);
            long nowMillis = System.currentTimeMillis();
            cliffs.add(
                    entry.asked().route(), entry.totalNanos(), entry.asked().deadline(), nowMillis);
            for (Expectations.Call call : Expectations.calls(entry)) {
                Event slower = expectations.on(call, nowMillis);
                if (slower != null) {
                    events.tell(slower);
                }
            }
        } catch (RuntimeException e) {
            LOG.error("exchange {} could not be looked at", entry.exchange(), e);
        }
    }

    private void tellDropped() {
        long count = dropped.sumThenReset();
        if (count > 0) {
            events.tell(
                    new Event.Lost(
                            "exchanges to be watched", count, "more came than could be looked at"));
        }
    }

    /// Looks at what is queued and stops.
    @Override
    public void close() {
        closing = true;
        watcher.interrupt();
        try {
            watcher.join(2_000);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
