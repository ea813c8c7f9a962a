package dev.ebbgate.tools;

import dev.ebbgate.tools.event.ToolEvent;
import dev.ebbgate.tools.event.ToolListener;
import dev.ebbgate.tools.time.TimeSource;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;

/// Tells the listener of one run's events, in order, on a thread that lives while there are any.
final class Announcer {

    private static final System.Logger LOG = System.getLogger(Announcer.class.getName());

    private final TimeSource time;
    private final ToolListener listener;
    private final ArrayDeque<ToolEvent> events = new ArrayDeque<>(0);
    private boolean busy;

    Announcer(TimeSource time, ToolListener listener) {
        this.time = time;
        this.listener = listener;
    }

    void tell(ToolEvent event) {
        if (listener.equals(ToolListener.NONE)) {
            return;
        }
        synchronized (events) {
            events.add(event);
            if (busy) {
                return;
            }
            busy = true;
        }
        time.start("tool-events", this::deliver);
    }

    private void deliver() {
        ToolEvent event = next();
        while (event != null) {
            try {
                listener.on(event);
            } catch (Throwable e) { // whatever it is, the other events are to be told
                LOG.log(System.Logger.Level.WARNING, "a tool listener threw " + e.getClass());
            }
            event = next();
        }
    }

    private @Nullable ToolEvent next() {
        synchronized (events) {
            ToolEvent event = events.poll();
            busy = event != null;
            return event;
        }
    }
}
