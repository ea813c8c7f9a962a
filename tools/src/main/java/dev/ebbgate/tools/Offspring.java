package dev.ebbgate.tools;

import org.jspecify.annotations.Nullable;

/// How many of the runs that a run began, or that those began, have not really ended: as long as
/// there is one, nobody knows what the run still does. Safe for threads.
final class Offspring {

    private final @Nullable Offspring above;
    private int live;
    private boolean over;

    /// @param above of the run that began this one, or null
    Offspring(@Nullable Offspring above) {
        this.above = above;
    }

    /// The run itself has begun.
    void begin() {
        if (above != null) {
            above.begun();
        }
    }

    /// A run that this one called has begun, or another has become one that it waits for.
    synchronized void begun() {
        live++;
    }

    /// The run itself has really ended.
    void end() {
        synchronized (this) {
            over = true;
            if (live > 0) {
                return;
            }
        }
        leave();
    }

    /// One of those has really ended.
    void ended() {
        synchronized (this) {
            live--;
            if (live > 0 || !over) {
                return;
            }
        }
        leave();
    }

    private void leave() {
        if (above != null) {
            above.ended();
        }
    }

    synchronized boolean isLive() {
        return live > 0;
    }
}
