package dev.ebbgate.gateway.telemetry;

import dev.ebbgate.core.event.Event;
import dev.ebbgate.core.event.Events;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.TimeoutException;

/// Says once that a collector takes nothing, and tells what was lost: every minute while it takes
/// nothing, for it may never again, and when it does. Confined to the thread that sends.
final class Complaint {

    private static final Logger LOG = LoggerFactory.getLogger("dev.ebbgate.telemetry");

    private static final long TELL_NANOS = 60_000_000_000L;

    private final String what;
    private final String where;
    private final Events events;
    private long lost;
    private String whyLost = "";
    private @Nullable Long toldNanos;
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
        lose(count, "the collector did not take them");
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

    void lose(long count, String why) {
        if (count > 0) {
            lost += count;
            whyLost = why;
        }
    }

    void taken() {
        complained = false;
        over();
    }

    /// Tells what was lost so far, unless something has been told within the last minute.
    void look(long nowNanos) {
        if (lost > 0 && (toldNanos == null || nowNanos - toldNanos >= TELL_NANOS)) {
            toldNanos = nowNanos;
            over();
        }
    }

    /// Tells what was lost so far.
    void over() {
        if (lost > 0) {
            events.tell(new Event.Lost(what, lost, whyLost));
            lost = 0;
        }
    }
}
