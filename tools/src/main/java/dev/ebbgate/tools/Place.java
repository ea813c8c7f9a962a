package dev.ebbgate.tools;

import dev.ebbgate.tools.admission.Admission;
import dev.ebbgate.tools.admission.Seat;

import org.jspecify.annotations.Nullable;

/// The place that a run has, or waits for. Safe for threads.
final class Place {

    private final Admission admission;
    private @Nullable Seat seat;
    private boolean left;

    Place(Admission admission) {
        this.admission = admission;
    }

    /// Takes it, unless the run has ended by now.
    ///
    /// @return whether it has it
    boolean take(Seat taken) {
        boolean late;
        synchronized (this) {
            seat = taken;
            late = left;
        }
        if (late) {
            admission.leave(taken);
        }
        return !late;
    }

    /// The run has really ended. Repeated calls are harmless.
    void leave() {
        Seat present;
        synchronized (this) {
            present = left ? null : seat;
            left = true;
        }
        if (present != null) {
            admission.leave(present);
        }
    }

    /// A body on it has been given up.
    void abandon() {
        Seat present;
        synchronized (this) {
            present = seat;
        }
        if (present != null) {
            admission.abandon(present);
        }
    }
}
