package dev.ebbgate.gateway.live;

import dev.ebbgate.core.overlay.OverlayStore.Unavailable;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at the configuration's file and at the overlay twice a second and follows them. Looking,
/// instead of being told, also works where a file is a link that is exchanged, as in a mounted
/// volume, and where it lies on another machine.
final class Watch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("dev.ebbgate.gateway.Configuration");
    private static final long PERIOD_MILLIS = 500;

    /// The overlay is read in every so many looks.
    private static final int OVERLAY_EVERY = 4;

    private final Steering steering;
    private @Nullable Thread thread;
    private String followed = "";
    private String lastSeen = "";
    private int looks;
    private boolean complained;
    private volatile boolean closing;

    /// One that looks when it is told to.
    Watch(Steering steering) {
        this.steering = steering;
    }

    /// One that looks by itself until it is closed.
    static Watch start(Steering steering) {
        Watch watch = new Watch(steering);
        watch.thread = Thread.ofPlatform().daemon().name("ebbgate-watch").start(watch::run);
        return watch;
    }

    private void run() {
        while (!closing) {
            try {
                Thread.sleep(PERIOD_MILLIS);
                look();
            } catch (InterruptedException _) {
                return; // only close() interrupts
            } catch (RuntimeException e) {
                LOG.error("the configuration could not be looked at: {}", e.toString());
            }
        }
    }

    /// A file that is still being written to is left until it has been quiet from one look to the
    /// next.
    void look() {
        String seen = steering.fingerprint();
        if (!seen.equals(followed) && seen.equals(lastSeen)) {
            followed = seen;
            steering.followFile();
        }
        lastSeen = seen;
        if (++looks % OVERLAY_EVERY == 0) {
            follow();
        }
    }

    private void follow() {
        try {
            steering.follow();
            complained = false;
        } catch (Unavailable e) {
            if (!complained) {
                complained = true;
                LOG.warn("overlay: {}; the one in force stays so", e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        closing = true;
        if (thread != null) {
            thread.interrupt();
        }
    }
}
