package dev.ebbgate.core.health;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The places that a provider with `max-in-flight` has for attempts, and the queue before them:
/// first come, first served, and nobody overtakes it.
///
/// Thread-safe by one lock, held for a few instructions once per attempt; providers without a limit
/// have no such object. A place that is given back passes straight to the head of the queue: none
/// is ever lost between two threads, and while somebody waits none is free.
final class Places {

    private int most;
    private final Set<Waiting> queue = new LinkedHashSet<>();
    private int taken;

    Places(int most) {
        this.most = most;
    }

    /// Has so many places from now on: those that wait for the new ones get them; where there are
    /// fewer, whoever has a place keeps it.
    void resize(int newMost) {
        List<Runnable> told = new ArrayList<>();
        synchronized (this) {
            most = newMost;
            while (taken < most && !queue.isEmpty()) {
                taken++;
                Runnable next = removeFirst().comes();
                if (next != null) {
                    told.add(next);
                }
            }
        }
        told.forEach(Runnable::run);
    }

    /// Takes a place; false if there is none, as while others wait.
    synchronized boolean enter() {
        if (taken >= most) {
            return false;
        }
        taken++;
        return true;
    }

    /// Gets in line; where a place has become free in the meantime it is this one's turn at once.
    Waiting line() {
        Waiting waiting = new Waiting(this);
        synchronized (this) {
            if (taken < most) {
                taken++;
                waiting.turn = true;
            } else {
                queue.add(waiting);
            }
        }
        return waiting;
    }

    /// Gives a place back: it passes to the head of the queue.
    void leave() {
        Runnable told = null;
        synchronized (this) {
            if (queue.isEmpty() || taken > most) {
                taken--;
            } else {
                told = removeFirst().comes();
            }
        }
        run(told);
    }

    private Waiting removeFirst() {
        Waiting first = queue.iterator().next();
        queue.remove(first);
        return first;
    }

    private static void run(@Nullable Runnable told) {
        if (told != null) {
            told.run();
        }
    }

    /// Attempts that wait.
    synchronized int waiting() {
        return queue.size();
    }

    /// One that waits for a place. Guarded by the places it waits for.
    static final class Waiting {

        private final Places places;
        private boolean turn;
        private boolean gone;
        private @Nullable Runnable onTurn;

        private Waiting(Places places) {
            this.places = places;
        }

        private @Nullable Runnable comes() {
            turn = true;
            return onTurn;
        }

        /// Has `told` run when the turn comes, or at once.
        void whenTurn(Runnable told) {
            synchronized (places) {
                if (gone) {
                    return;
                }
                if (!turn) {
                    onTurn = told;
                    return;
                }
            }
            told.run();
        }

        /// Takes the place that this one's turn has brought; it is then the caller's to give back.
        boolean claim() {
            synchronized (places) {
                boolean has = turn && !gone;
                gone = gone || has;
                return has;
            }
        }

        /// Leaves the queue, and gives back a place that was not claimed.
        void cancel() {
            boolean had;
            synchronized (places) {
                had = turn && !gone;
                gone = true;
                places.queue.remove(this);
            }
            if (had) {
                places.leave();
            }
        }
    }
}
