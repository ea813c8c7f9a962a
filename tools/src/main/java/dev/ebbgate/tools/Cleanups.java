package dev.ebbgate.tools;

import dev.ebbgate.tools.time.TimeSource;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// What one attempt has to do at its end: last in first out, on fresh threads. One that hangs is
/// interrupted and left behind; the others go on without it.
final class Cleanups {

    private record Entry(String name, boolean owned, ToolContext.Cleanup action) {}

    private final TimeSource time;
    private final Consumer<String> failed;
    private final Runnable done;
    private final ArrayDeque<Entry> entries = new ArrayDeque<>(0);
    private @Nullable Thread worker;
    private @Nullable String inHand;
    private int running;
    private boolean begun;
    private boolean closed;

    /// @param failed is told the name of a cleanup that threw or was too slow
    /// @param done is run once, when the last has really ended
    Cleanups(TimeSource time, Consumer<String> failed, Runnable done) {
        this.time = time;
        this.failed = failed;
        this.done = done;
    }

    /// Adds one; if all is over already, it runs at once.
    void add(String name, boolean owned, ToolContext.Cleanup action) {
        Entry entry = new Entry(name, owned, action);
        synchronized (this) {
            if (!closed) {
                entries.push(entry);
                return;
            }
        }
        time.start("tool-cleanup", () -> run(entry));
    }

    /// Whether nothing is to be done, now or later: what comes from now on runs at once.
    synchronized boolean close() {
        closed = closed || (entries.isEmpty() && running == 0);
        return closed;
    }

    /// Begins, or goes on without the one in hand.
    void begin() {
        synchronized (this) {
            if (worker != null) {
                time.interrupt(worker);
            }
            if (inHand != null) {
                failed.accept(inHand);
            }
            begun = true;
            running++;
        }
        time.start("tool-cleanup", this::work);
    }

    private void work() {
        synchronized (this) {
            worker = Thread.currentThread();
        }
        Entry next = next();
        while (next != null) {
            run(next);
            next = next();
        }
        end();
    }

    /// The next to do, or null if there is none or another thread has taken over.
    private synchronized @Nullable Entry next() {
        if (!Thread.currentThread().equals(worker)) {
            return null;
        }
        Entry next = entries.poll();
        inHand = next == null ? null : next.name;
        return next;
    }

    /// One of those that were at work has ended; the last of them says so.
    private void end() {
        synchronized (this) {
            running--;
            if (!begun || running > 0 || !entries.isEmpty()) {
                return;
            }
            closed = true;
        }
        done.run();
    }

    /// Whatever one throws, the others are to run, with no interrupt that is not theirs.
    private void run(Entry entry) {
        boolean _ = Thread.interrupted();
        try {
            entry.action.run();
        } catch (InterruptedException _) {
            if (isInHand(entry)) {
                failed.accept(entry.name); // of its own accord; else it was hurried, and told of
            }
        } catch (Throwable _) {
            failed.accept(entry.name);
        }
    }

    private synchronized boolean isInHand(Entry entry) {
        return Thread.currentThread().equals(worker) && entry.name.equals(inHand);
    }

    /// Closes what the body owns, so that it may come free: each on a thread of its own, as one may
    /// hang.
    void closeOwned() {
        List<Entry> owned;
        synchronized (this) {
            owned = new ArrayList<>(entries.stream().filter(Entry::owned).toList());
            entries.removeAll(owned);
            running += owned.size();
        }
        for (Entry entry : owned) {
            time.start(
                    "tool-force",
                    () -> {
                        run(entry);
                        end();
                    });
        }
    }
}
