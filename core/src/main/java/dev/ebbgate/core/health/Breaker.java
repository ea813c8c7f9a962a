package dev.ebbgate.core.health;

import dev.ebbgate.core.event.Event;
import dev.ebbgate.core.health.Bulletin.Condition;
import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.policy.BreakerSettings;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/// Whether a target may be tried, by how its attempts came out.
///
/// ```
/// closed ── `failures` within `window`, no success between ──▶ open ── cooldown over ──▶ half-open
///    ▲                                                          ▲                            │
///    └──────────────── a trial succeeded ───────────────────────│───────────────────────────┤
///                                                               └── the probe failed, ×2 ────┘
/// ```
///
/// Half-open is an open breaker whose cooldown is over; one trial is let through, the probe. A
/// last-resort attempt is a trial as well: if it succeeds the breaker closes, if it fails nothing
/// grows. The growth of the cooldown is forgotten after as many successes in a row as it takes
/// failures to open. Attempts that began before the breaker last opened or closed say nothing of
/// what came after, and are not heard.
///
/// Thread-safe without a lock: one immutable state, replaced by compare-and-set. While a target is
/// well, asking and reporting success read it and write nothing.
final class Breaker {

    private sealed interface State {
        /// Counts the openings and closings.
        int epoch();
    }

    /// @param level how often the next cooldown is doubled
    /// @param wins successes in a row; counted only while there is a level to forget
    /// @param failures their moments, within the window, since the last success
    private record Closed(int epoch, int level, int wins, List<Long> failures) implements State {
        boolean isWell() {
            return level == 0 && failures.isEmpty();
        }
    }

    /// @param trials attempts under way all the same
    private record Open(int epoch, int level, long untilNanos, int trials) implements State {
        Open withTrials(int count) {
            return new Open(epoch, level, untilNanos, count);
        }

        boolean awaitsProbe(long nowNanos) {
            return trials == 0 && Deadline.due(untilNanos, nowNanos);
        }
    }

    /// Hears of every move, on the thread that caused it.
    interface Witness {
        /// It has moved there.
        ///
        /// @param cooldown for how long, where it has opened
        void moved(Event.Breaker to, @Nullable Span cooldown);
    }

    private final BreakerSettings settings;
    private final Witness witness;
    private final AtomicReference<State> state =
            new AtomicReference<>(new Closed(0, 0, 0, List.of()));

    Breaker(BreakerSettings settings, Witness witness) {
        this.settings = settings;
        this.witness = witness;
    }

    /// Leave to make an attempt, or null.
    @Nullable Leave ask(boolean lastResort, long nowNanos) {
        State before =
                change(s ->
                        s instanceof Open open && mayTry(open, lastResort, nowNanos)
                                ? open.withTrials(open.trials + 1)
                                : s);
        return switch (before) {
            case Closed closed -> new Leave(this, closed.epoch, Leave.Kind.ORDINARY);
            case Open open when open.awaitsProbe(nowNanos) -> {
                witness.moved(Event.Breaker.HALF_OPEN, null);
                yield new Leave(this, open.epoch, Leave.Kind.PROBE);
            }
            case Open open when mayTry(open, lastResort, nowNanos) ->
                    new Leave(this, open.epoch, Leave.Kind.LAST_RESORT);
            case Open _ -> null;
        };
    }

    /// Whether [#ask] would refuse now.
    boolean refuses(boolean lastResort, long nowNanos) {
        return state.get() instanceof Open open && !mayTry(open, lastResort, nowNanos);
    }

    private boolean mayTry(Open open, boolean lastResort, long nowNanos) {
        return open.awaitsProbe(nowNanos) || (lastResort && open.trials < settings.lastResort());
    }

    /// When asking may help, not before `nowNanos`. While a probe is under way: the end of the
    /// cooldown that would follow if it failed now.
    long coolsUntil(long nowNanos) {
        if (!(state.get() instanceof Open open) || open.awaitsProbe(nowNanos)) {
            return nowNanos;
        }
        return Deadline.due(open.untilNanos, nowNanos)
                ? coolingFrom(nowNanos, open.level + 1)
                : open.untilNanos;
    }

    Condition condition(long nowNanos) {
        return switch (state.get()) {
            case Closed _ -> Condition.CLOSED;
            case Open open ->
                    Deadline.due(open.untilNanos, nowNanos) ? Condition.HALF_OPEN : Condition.OPEN;
        };
    }

    /// An attempt that began in `epoch` has its first token.
    ///
    /// @return what it wiped out, for the case that the answer breaks off
    Wiped succeeded(int epoch) {
        State before = change(s -> s.epoch() == epoch ? afterSuccess(s) : s);
        if (before.epoch() != epoch) {
            return new Wiped(epoch, List.of());
        }
        return switch (before) {
            case Closed closed -> new Wiped(epoch, closed.failures);
            case Open _ -> new Wiped(epoch + 1, List.of());
        };
    }

    /// Failures that a success made forgotten, in the epoch in which its attempt now stands.
    record Wiped(int epoch, List<Long> failures) {}

    private State afterSuccess(State s) {
        return switch (s) {
            case Closed closed when closed.isWell() -> closed;
            case Closed(int epoch, int level, int wins, List<Long> _) ->
                    well(epoch, level, wins + 1);
            case Open open -> well(open.epoch + 1, open.level + 1, 1);
        };
    }

    private Closed well(int epoch, int level, int wins) {
        return level == 0 || wins >= settings.failures()
                ? new Closed(epoch, 0, 0, List.of())
                : new Closed(epoch, level, wins, List.of());
    }

    /// An attempt failed that had not been let through as a trial.
    void failed(Wiped since, long nowNanos) {
        change(s ->
                s instanceof Closed closed && closed.epoch == since.epoch
                        ? afterFailure(closed, since.failures, nowNanos)
                        : s);
    }

    private State afterFailure(Closed closed, List<Long> restored, long nowNanos) {
        List<Long> failures = new ArrayList<>(restored);
        failures.addAll(closed.failures);
        failures.removeIf(at -> nowNanos - at >= settings.window().nanos());
        failures.add(nowNanos);
        return failures.size() >= settings.failures()
                ? new Open(closed.epoch + 1, closed.level, coolingFrom(nowNanos, closed.level), 0)
                : new Closed(closed.epoch, closed.level, 0, List.copyOf(failures));
    }

    /// The probe failed: the target rests for longer.
    void probeFailed(int epoch, long nowNanos) {
        change(s ->
                s instanceof Open open && open.epoch == epoch
                        ? new Open(
                                epoch,
                                open.level + 1,
                                coolingFrom(nowNanos, open.level + 1),
                                open.trials - 1)
                        : s);
    }

    /// A trial is over and showed nothing.
    void trialReturned(int epoch) {
        change(s ->
                s instanceof Open open && open.epoch == epoch
                        ? open.withTrials(open.trials - 1)
                        : s);
    }

    private long coolingFrom(long nowNanos, int level) {
        return Deadline.plus(nowNanos, cooldown(level));
    }

    private long cooldown(int level) {
        long cooldown = settings.cooldown().nanos();
        long longest = settings.cooldownMax().nanos();
        for (int i = 0; i < level && cooldown < longest; i++) {
            cooldown *= 2;
        }
        return Math.min(cooldown, longest);
    }

    /// Replaces the state; what stays as it is, is not written.
    ///
    /// @return the state before
    private State change(UnaryOperator<State> step) {
        while (true) {
            State before = state.get();
            State after = step.apply(before);
            if (after.equals(before)) {
                return before;
            }
            if (state.compareAndSet(before, after)) {
                tell(before, after);
                return before;
            }
        }
    }

    private void tell(State before, State after) {
        switch (after) {
            case Closed _ -> {
                if (before instanceof Open) {
                    witness.moved(Event.Breaker.CLOSED, null);
                }
            }
            case Open open -> {
                if (!(before instanceof Open was) || was.level != open.level) {
                    witness.moved(Event.Breaker.OPEN, new Span(cooldown(open.level)));
                }
            }
        }
    }
}
