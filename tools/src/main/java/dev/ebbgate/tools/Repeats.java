package dev.ebbgate.tools;

import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.tools.settings.Duplicates;
import dev.ebbgate.tools.time.Timer;
import dev.ebbgate.tools.time.Timers;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Which run has which idempotency key, while that matters.
final class Repeats {

    private record Key(String tool, String key) {}

    private final Timers timers;
    private final Map<Key, SharedCall<?>> known = new ConcurrentHashMap<>();

    Repeats(Timers timers) {
        this.timers = timers;
    }

    /// The call that has this key already, or null if this one has it now. Tools of one name are
    /// one tool, so their results are of one type.
    @SuppressWarnings("unchecked")
    <R> @Nullable SharedCall<R> enter(Tool<?, R> tool, String key, SharedCall<R> call) {
        return (SharedCall<R>) known.putIfAbsent(new Key(tool.name(), key), call);
    }

    /// The run has really ended: its key is free, or is kept for as long as it is to be replayed.
    void leave(Run<?, ?> run) {
        String name = run.key();
        if (name == null) {
            return;
        }
        Key key = new Key(run.tool().name(), name);
        if (run.outcome() instanceof Outcome.Completed<?>
                && run.tool().settings().duplicates() instanceof Duplicates.Replayed(Span span)) {
            forgetAfter(span, key, run);
        } else {
            forget(key, run);
        }
    }

    private void forgetAfter(Span span, Key key, Run<?, ?> run) {
        timers.arm(
                new Timer() {
                    @Override
                    protected void fire(long nowNanos) {
                        forget(key, run);
                    }
                },
                Deadline.plus(timers.time().nanoTime(), span.nanos()));
    }

    private void forget(Key key, Run<?, ?> run) {
        known.computeIfPresent(key, (_, call) -> call.isOf(run) ? null : call);
    }

    int size() {
        return known.size();
    }
}
