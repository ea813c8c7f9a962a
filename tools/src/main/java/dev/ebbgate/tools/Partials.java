package dev.ebbgate.tools;

import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.tools.time.Bell;
import dev.ebbgate.tools.time.TimeSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/// The partial results of one run: kept until the decision, read in order by one reader.
final class Partials {

    private final int buffer;
    private final Bell bell;
    private final List<Object> all = new ArrayList<>(0);
    private int read;
    private boolean closed;

    /// @param buffer how many may be unread; 0 for any number
    Partials(TimeSource time, int buffer) {
        this.buffer = buffer;
        this.bell = new Bell(time);
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
        return buffer > 0 && !closed && all.size() - read >= buffer;
    }

    void awaitRoom() throws InterruptedException {
        bell.await(() -> !isFull(), Deadline.NEVER);
    }

    /// The decision has been made.
    synchronized List<Object> close() {
        closed = true;
        bell.ring();
        return List.copyOf(all);
    }

    synchronized List<Object> soFar() {
        return List.copyOf(all);
    }

    /// Waits for the next one to read; empty when there is none to come.
    Optional<Object> next() throws InterruptedException {
        bell.await(this::isReadable, Deadline.NEVER);
        synchronized (this) {
            if (read == all.size()) {
                return Optional.empty();
            }
            Object next = all.get(read++);
            bell.ring();
            return Optional.of(next);
        }
    }

    private synchronized boolean isReadable() {
        return read < all.size() || closed;
    }
}
