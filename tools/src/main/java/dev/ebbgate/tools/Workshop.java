package dev.ebbgate.tools;

import dev.ebbgate.tools.admission.Admission;
import dev.ebbgate.tools.event.RunId;
import dev.ebbgate.tools.event.ToolListener;
import dev.ebbgate.tools.time.TimeSource;
import dev.ebbgate.tools.time.Timers;

import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// What all runs of a runtime share.
///
/// @param carrying is asked on the caller's thread, and what it answers is put around the body
record Workshop(
        Timers timers,
        Admission admission,
        Census census,
        ToolListener listener,
        DoubleSupplier chance,
        Function<RunId, UnaryOperator<Runnable>> carrying,
        Starter starter,
        Repeats repeats) {

    TimeSource time() {
        return timers.time();
    }

    /// Starts runs.
    interface Starter {
        <A, R> WatchedCall<R> start(Tool<A, R> tool, A args, ToolOptions options);
    }
}
