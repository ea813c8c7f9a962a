package dev.ebbgate.cli.demo;

import dev.ebbgate.core.limit.Phase;
import dev.ebbgate.core.limit.ResolvedLimit;

/// What is being waited for, and since when.
///
/// @param sinceNanos on the clock of [System#nanoTime]
record Wait(Phase phase, ResolvedLimit limit, long sinceNanos) {

    long elapsedNanos(long nowNanos) {
        return Math.max(0, nowNanos - sinceNanos);
    }

    /// `phase stream, stream-idle 1.2s of 3s`
    String text(long nowNanos) {
        String ofPhase = limit.limit().key().equals(phase.key()) ? "" : limit.limit().key() + " ";
        return "phase "
                + phase.key()
                + ": "
                + ofPhase
                + Text.tenths(elapsedNanos(nowNanos))
                + " of "
                + limit.value();
    }
}
