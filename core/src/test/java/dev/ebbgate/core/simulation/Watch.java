package dev.ebbgate.core.simulation;

import dev.ebbgate.core.health.Bulletin;
import dev.ebbgate.core.health.Bulletin.Condition;
import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.simulation.Client.Try;

import java.util.ArrayList;
import java.util.List;

/// An eye on the breaker of the first server, at every attempt.
final class Watch {

    private final List<Try> onTrial = new ArrayList<>();
    private boolean closed = true;
    private int openings;
    private int trials;
    private int mostOnTrial;
    private long lastOpenNanos = Deadline.NEVER;

    /// An attempt begins at any server.
    void begins(Simulation simulation, Try begun) {
        Bulletin bulletin =
                simulation.roster().bulletins(begun.startNanos()).findFirst().orElse(null);
        if (bulletin == null) {
            return;
        }
        boolean nowClosed = bulletin.condition() == Condition.CLOSED;
        openings += closed && !nowClosed ? 1 : 0;
        closed = nowClosed;
        if (nowClosed) {
            return;
        }
        lastOpenNanos = begun.startNanos();
        if (begun.server().equals(simulation.servers.getFirst())) {
            trials++;
            onTrial.removeIf(Try::hasShownItself);
            onTrial.add(begun);
            mostOnTrial = Math.max(mostOnTrial, onTrial.size());
        }
    }

    int openings() {
        return openings;
    }

    /// Attempts at the first server while its breaker was not closed.
    int trials() {
        return trials;
    }

    /// As many of them were under way at once.
    int mostOnTrial() {
        return mostOnTrial;
    }

    /// The last moment at which an attempt began while the breaker was not closed.
    long lastOpenNanos() {
        return lastOpenNanos;
    }
}
