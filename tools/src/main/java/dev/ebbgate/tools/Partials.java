package dev.ebbgate.tools;

import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.tools.time.Bell;
import dev.ebbgate.tools.time.TimeSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/// The partial results of one run: kept until the decision, and read in order.
final class Partials {

    private final Bell bell;
    private final List<Object> all = new ArrayList<>(0);
    private final List<Reading> readings = new ArrayList<>(1);
    private boolean closed;

    Partials(TimeSource time) {
        this.bell = new Bell(time);
    }

    /// How far one call of the run has read.
    final class Reading {
        private final int buffer;
        private int read;
        private int end = Integer.MAX_VALUE;

        private Reading(int buffer) {
            this.buffer = buffer;
        }

        /// Waits for the next one to read; empty when there is none to come.
        Optional<Object> next() throws InterruptedException {
            boolean _ = bell.await(this::isReadable, Deadline.NEVER);
            return take();
        }

        private Optional<Object> take() {
            synchronized (Partials.this) {
                if (read >= Math.min(end, all.size())) {
                    return Optional.empty();
                }
                Object next = all.get(read++);
                bell.ring();
                return Optional.of(next);
            }
        }

        private boolean isReadable() {
            synchronized (Partials.this) {
                return closed || end != Integer.MAX_VALUE || read < all.size();
            }
        }

        private boolean isFull() {
            return buffer > 0 && all.size() - read >= buffer;
        }

        /// Its call is over: nothing more is for it, and nobody waits for it to read.
        ///
        /// @return what was for it, read or not
        List<Object> end() {
            synchronized (Partials.this) {
                end = Math.min(end, all.size());
                readings.remove(this);
                bell.ring();
                return List.copyOf(all.subList(0, end));
            }
        }
    }

    /// Begins to read.
    ///
    /// @param buffer how many may be unread; 0 for any number
    synchronized Reading read(int buffer) {
        Reading reading = new Reading(buffer);
        if (!closed) {
            readings.add(reading);
        }
        return reading;
    }

    /// Keeps one, unless the decision has been made.
    ///
    /// @param kept is told how many there are, before anyone else can add another
    synchronized boolean add(Object partial, IntConsumer kept) {
        if (closed) {
            return false;
        }
        all.add(partial);
        kept.accept(all.size());
        bell.ring();
        return true;
    }

    synchronized boolean isFull() {
        boolean full = false;
        for (int i = 0; i < readings.size() && !full; i++) { // no iterator for each partial
            full = readings.get(i).isFull();
        }
        return full;
    }

    void awaitRoom() throws InterruptedException {
        boolean _ = bell.await(() -> !isFull(), Deadline.NEVER);
    }

    /// The decision has been made.
    synchronized List<Object> close() {
        closed = true;
        readings.clear();
        bell.ring();
        return List.copyOf(all);
    }

    synchronized List<Object> soFar() {
        return List.copyOf(all);
    }
}
