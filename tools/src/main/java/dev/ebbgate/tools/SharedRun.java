package dev.ebbgate.tools;

import dev.ebbgate.core.tool.CancelReason;
import dev.ebbgate.core.tool.RunEvent;

import org.jspecify.annotations.Nullable;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// A run that several calls have, as they have the same idempotency key. It goes on while any of
/// them wants it, and belongs to none of those who made them. Safe for threads.
final class SharedRun<R> {

    private final Workshop workshop;
    private final Run<?, R> run;
    private final SharedCall<R> first;
    private final Queue<SharedCall<R>> calls = new ConcurrentLinkedQueue<>();
    private volatile @Nullable SharedRun<?> before;
    private int wanting = 1;

    <A> SharedRun(Workshop workshop, Order<A, R> order) {
        this.workshop = workshop;
        // Each call reads for itself, and hears of a late result by itself.
        this.run = new Run<>(workshop, order.with(order.options().shared(this::late)));
        this.first = new SharedCall<>(this, order, true);
        run.whenTerminated(calls::clear);
    }

    Workshop workshop() {
        return workshop;
    }

    Run<?, R> run() {
        return run;
    }

    /// The call for which the run is made. Its limits are the run's.
    SharedCall<R> first() {
        return first;
    }

    /// Begins, but does not run while an earlier one of the same key has not ended.
    void begin(@Nullable SharedRun<?> earlier) {
        follow(earlier);
        run.begin();
        run.post(RunEvent.Plain.WOKEN); // so that its limits are armed
    }

    /// An earlier one may itself have waited in vain for one before it.
    private void follow(@Nullable SharedRun<?> earlier) {
        before = earlier;
        if (earlier != null) {
            earlier.run.whenTerminated(() -> follow(earlier.before()));
        }
    }

    /// Runs once when this and all earlier ones of its key have really ended.
    void whenFree(Runnable next) {
        run.whenTerminated(() -> {
            SharedRun<?> earlier = before;
            if (earlier == null) {
                next.run();
            } else {
                earlier.whenFree(next);
            }
        });
    }

    /// The earlier one of the same key that has not ended, or null.
    @Nullable SharedRun<?> before() {
        return before;
    }

    /// Whether its run is that one.
    boolean isOf(Run<?, ?> other) {
        return run.equals(other);
    }

    /// Another call for the same run.
    ///
    /// @param order what would have been run for it alone
    /// @return null where it is too late to join: the run has not completed, or nobody has wanted
    ///   it any more
    @Nullable SharedCall<R> join(Order<?, R> order) {
        synchronized (this) {
            Outcome<R> outcome = run.outcome();
            boolean open = outcome == null && wanting > 0;
            if (!open && !(outcome instanceof Outcome.Completed)) {
                return null;
            }
            wanting++;
        }
        return new SharedCall<>(this, order, false);
    }

    /// A call of this run has begun.
    void enter(SharedCall<R> call) {
        calls.add(call);
        if (run.hasTerminated()) {
            calls.clear();
        }
    }

    /// A call does not want it any more.
    void leave(CancelReason reason) {
        boolean last;
        synchronized (this) {
            last = --wanting == 0;
        }
        if (last) {
            run.cancel(reason);
        }
    }

    private void late(Object result) {
        calls.forEach(call -> call.late(result));
    }
}
