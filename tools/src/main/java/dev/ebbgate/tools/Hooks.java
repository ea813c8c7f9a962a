package dev.ebbgate.tools;

import dev.ebbgate.tools.time.TimeSource;

import java.util.ArrayList;
import java.util.List;

/// What is to be run once when something happens, on fresh threads; at once if it has happened.
final class Hooks {

    private static final System.Logger LOG = System.getLogger(Hooks.class.getName());

    private final TimeSource time;
    private final String threadName;
    private List<Runnable> waiting = new ArrayList<>(0);
    private boolean happened;

    Hooks(TimeSource time, String threadName) {
        this.time = time;
        this.threadName = threadName;
    }

    void add(Runnable hook) {
        synchronized (this) {
            if (!happened) {
                waiting.add(hook);
                return;
            }
        }
        time.start(threadName, () -> run(hook));
    }

    /// It has happened.
    ///
    /// @return those to be run now
    synchronized List<Runnable> happen() {
        happened = true;
        List<Runnable> taken = waiting;
        waiting = List.of();
        return taken;
    }

    synchronized boolean hasHappened() {
        return happened;
    }

    /// A hook that throws must not cost the others their turn.
    static void run(Runnable hook) {
        try {
            hook.run();
        } catch (Throwable e) { // whatever it is, the others are to run
            LOG.log(System.Logger.Level.WARNING, "a hook of a tool threw " + e.getClass());
        }
    }
}
