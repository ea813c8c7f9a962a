package dev.ebbgate.tools.pipeline;

import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.tool.Decision;
import dev.ebbgate.core.tool.FiredLimit;
import dev.ebbgate.tools.NotCompletedException;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Leaves stages alone for a while that keep failing.
final class StageBreaker implements Interceptor {

    private static final class State {
        private int failures;
        private long openUntilNanos = Deadline.NEVER;
        private boolean probing;
    }

    private final int threshold;
    private final Duration cooldown;
    private final Map<String, State> states = new ConcurrentHashMap<>();

    StageBreaker(int threshold, Duration cooldown) {
        if (threshold < 1) {
            throw new IllegalArgumentException("at least one failure: " + threshold);
        }
        this.threshold = threshold;
        this.cooldown = cooldown;
    }

    @Override
    public Object around(StageCall call, Next next) throws Exception {
        State state = states.computeIfAbsent(call.name(), _ -> new State());
        if (!mayPass(state, call.ctx().clock().nanoTime())) {
            throw new BreakerOpenException(call.name());
        }
        boolean told = false;
        try {
            Object output = next.go(call);
            told = true;
            succeeded(state);
            return output;
        } catch (Exception | Error e) {
            told = isOfStage(e, call);
            if (told) {
                failed(state, call.ctx().clock().nanoTime());
            }
            throw e;
        } finally {
            if (!told) {
                unknown(state);
            }
        }
    }

    /// Whether it says something about the stage: not where somebody no longer wanted it, or where
    /// time ran out further out.
    private static boolean isOfStage(Throwable error, StageCall call) {
        String stage = "tool " + call.name();
        Decision reason = call.ctx().token().reason();
        if (reason != null) {
            return reason instanceof Decision.TimedOut(FiredLimit fired)
                    && fired.owner().equals(stage);
        }
        String owner = call.ctx().deadlineOwner();
        return !(error instanceof NotCompletedException inner)
                || owner.startsWith(stage)
                || inner.limit().filter(fired -> fired.owner().equals(owner)).isEmpty();
    }

    private static boolean mayPass(State state, long now) {
        synchronized (state) {
            if (state.openUntilNanos == Deadline.NEVER) {
                return true;
            }
            if (state.probing || !Deadline.due(state.openUntilNanos, now)) {
                return false;
            }
            state.probing = true;
            return true;
        }
    }

    private static void succeeded(State state) {
        synchronized (state) {
            state.failures = 0;
            state.probing = false;
            state.openUntilNanos = Deadline.NEVER;
        }
    }

    private void failed(State state, long now) {
        synchronized (state) {
            state.failures++;
            state.probing = false;
            if (state.failures >= threshold) {
                state.openUntilNanos = Deadline.plus(now, cooldown.toNanos());
            }
        }
    }

    private static void unknown(State state) {
        synchronized (state) {
            state.probing = false;
        }
    }
}
