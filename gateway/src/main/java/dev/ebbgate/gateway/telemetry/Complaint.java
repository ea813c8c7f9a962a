package dev.ebbgate.gateway.telemetry;

import dev.ebbgate.core.event.Event;
import dev.ebbgate.core.event.Events;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.TimeoutException;

/// Says once that a collector takes nothing, and, when it takes things again, how much was lost.
/// Confined to the thread that sends.
final class Complaint {

    private static final Logger LOG = LoggerFactory.getLogger("dev.ebbgate.telemetry");

    private final String what;
    private final String where;
    private final Events events;
    private long lost;
    private boolean complained;

    Complaint(String what, String where, Events events) {
        this.what = what;
        this.where = where;
        this.events = events;
    }

    /// What was not taken is lost.
    ///
    /// @param why in words of ours
    void refused(long count, String why) {
        lost += count;
        if (!complained) {
            complained = true;
            LOG.warn(
                    "{} are not taken by the collector at {}: {}; traffic goes on, and this is said"
                            + " once",
                    what,
                    where,
                    why);
        }
    }

    /// The kind of a failure; its text may be a stranger's.
    static String words(@Nullable Throwable why) {
        Throwable cause = why == null || why.getCause() == null ? why : why.getCause();
        return switch (cause) {
            case HttpTimeoutException _, TimeoutException _ -> "no answer in time";
            case IOException _ -> "it cannot be reached";
            case null, default -> "it refuses them, or does not answer in time";
        };
    }

    void taken() {
        complained = false;
        over();
    }

    /// Tells what was lost so far.
    void over() {
        dropped(lost, "the collector did not take them");
        lost = 0;
    }

    void dropped(long count, String why) {
        if (count > 0) {
            events.tell(new Event.Lost(what, count, why));
        }
    }
}
