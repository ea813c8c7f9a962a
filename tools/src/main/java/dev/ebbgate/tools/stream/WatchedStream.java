package dev.ebbgate.tools.stream;

import dev.ebbgate.core.exchange.CancelReason;
import dev.ebbgate.core.exchange.Exchange;
import dev.ebbgate.core.exchange.ExchangeEvent;
import dev.ebbgate.core.exchange.ExchangeEvent.Clock;
import dev.ebbgate.core.exchange.ExchangeEvent.Downstream;
import dev.ebbgate.core.exchange.ExchangePolicy;
import dev.ebbgate.core.exchange.Outcome;
import dev.ebbgate.core.exchange.Reports;
import dev.ebbgate.core.exchange.UpstreamEvent;
import dev.ebbgate.core.exchange.UpstreamEvent.Broke;
import dev.ebbgate.core.exchange.UpstreamEvent.Signal;
import dev.ebbgate.core.failure.Failure;
import dev.ebbgate.core.failure.Place;
import dev.ebbgate.core.health.Standing;
import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.tools.time.TimeSource;
import dev.ebbgate.tools.time.Timer;
import dev.ebbgate.tools.time.Timers;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;

/// One answer under watch. An adapter tells it what arrives, one event after the other, from
/// whatever threads; what comes after the end is dropped.
///
/// What an event brings is forwarded by the action handed in with it, on the same thread and
/// outside every lock. As long as that takes, the model is not taken to be silent: the reader is
/// slow, not the provider.
public final class WatchedStream {

    private static final int ONLY = 1;

    private final String model;
    private final TimeSource time;
    private final Timers timers;
    private final Runnable cancel;
    private final Consumer<StreamCutException> tell;
    private final long startNanos;
    private final Timer alarm = new Alarm();

    /// Guarded by this object's lock, as all below.
    private final Exchange machine;

    private long armedNanos = Deadline.NEVER;
    private long tokens;

    /// What the reader is busy with, or null.
    private @Nullable Signal forwarding;

    private @Nullable StreamCutException untold;

    WatchedStream(
            String model,
            ExchangePolicy policy,
            TimeSource time,
            Timers timers,
            Runnable cancel,
            Consumer<StreamCutException> tell) {
        this.model = model;
        this.time = time;
        this.timers = timers;
        this.cancel = cancel;
        this.tell = tell;
        this.startNanos = time.nanoTime();
        this.machine = new Exchange(policy, Standing.unwatched(), () -> 0, startNanos, startNanos);
    }

    /// The alarm looks at the machine again; a stream that flows never re-arms it.
    private final class Alarm extends Timer {
        @Override
        protected void fire(long nowNanos) {
            wake(nowNanos);
        }
    }

    synchronized void begin() {
        machine.begin();
        machine.on(ONLY, Signal.CONNECTED, startNanos);
        rearm();
    }

    /// Something arrived that is no part of the answer: a keep-alive, a role, a usage.
    ///
    /// @return whether it was forwarded; false when the answer is over
    public boolean sign(Runnable forward) {
        return pass(Signal.BYTES_ARRIVED, forward);
    }

    /// Something of the answer arrived: text, reasoning, part of a tool call.
    ///
    /// @return whether it was forwarded; false when the answer is over
    public boolean token(Runnable forward) {
        return pass(Signal.TOKEN_ARRIVED, forward);
    }

    private boolean pass(Signal signal, Runnable forward) {
        synchronized (this) {
            if (machine.outcome() != null) {
                return false;
            }
            long now = time.nanoTime();
            machine.on(ONLY, signal, now);
            if (signal == Signal.TOKEN_ARRIVED) {
                tokens++;
                machine.on(Downstream.FILLED, now);
            }
            forwarding = signal;
            rearm();
        }
        try {
            forward.run();
        } finally {
            forwarded(signal);
        }
        return true;
    }

    /// Tells of an end that came meanwhile: it had to wait.
    private void forwarded(Signal signal) {
        StreamCutException waiting;
        synchronized (this) {
            forwarding = null;
            readerIsBack(signal, time.nanoTime());
            rearm();
            waiting = untold;
            untold = null;
        }
        if (waiting != null) {
            tell.accept(waiting);
        }
    }

    /// Silence is counted afresh. After a sign that is `stream-idle` only: draining would let
    /// keep-alives pass for progress.
    private void readerIsBack(Signal signal, long nowNanos) {
        if (signal == Signal.TOKEN_ARRIVED) {
            machine.on(Downstream.DRAINED, nowNanos);
        } else {
            machine.on(ONLY, signal, nowNanos);
        }
    }

    /// The answer is complete.
    ///
    /// @return whether that was forwarded; false when the answer was over before
    public boolean complete(Runnable forward) {
        return end(Signal.FINISHED, Signal.DONE, forward);
    }

    /// The model's call failed by itself.
    ///
    /// @return whether that was forwarded; false when the answer was over before
    public boolean fail(Runnable forward) {
        return end(Signal.BYTES_ARRIVED, new Broke(new Failure.Reset()), forward);
    }

    private boolean end(UpstreamEvent first, UpstreamEvent last, Runnable forward) {
        synchronized (this) {
            if (machine.outcome() != null) {
                return false;
            }
            long now = time.nanoTime();
            machine.on(ONLY, first, now);
            machine.on(ONLY, last, now);
            disarm();
        }
        forward.run();
        return true;
    }

    /// Nobody wants the rest: cancels the model's call and tells nothing.
    public void cancel() {
        synchronized (this) {
            if (machine.outcome() != null) {
                return;
            }
            machine.on(
                    new ExchangeEvent.Cancelled(new Outcome.Cancelled(CancelReason.CLIENT_GONE)),
                    time.nanoTime());
            disarm();
        }
        time.start("ebbgate-stream-cancel", cancel);
    }

    /// How the answer came out, or null while it is open.
    public synchronized @Nullable Outcome outcome() {
        return machine.outcome();
    }

    private synchronized void wake(long nowNanos) {
        armedNanos = Deadline.NEVER;
        if (machine.outcome() != null) {
            return;
        }
        if (forwarding == Signal.BYTES_ARRIVED) {
            machine.on(ONLY, forwarding, nowNanos);
        }
        machine.on(Clock.WOKEN, nowNanos);
        if (machine.outcome() instanceof Outcome.TimedOut timedOut) {
            cut(timedOut, nowNanos);
        } else {
            rearm();
        }
    }

    /// Two threads: a cancel that hangs must not keep the end from the reader.
    private void cut(Outcome.TimedOut outcome, long nowNanos) {
        StreamCutException cut = exception(outcome, nowNanos);
        time.start("ebbgate-stream-cancel", cancel);
        if (forwarding != null) {
            untold = cut;
        } else {
            time.start("ebbgate-stream-cut", () -> tell.accept(cut));
        }
    }

    private StreamCutException exception(Outcome.TimedOut outcome, long nowNanos) {
        Place place =
                new Place(
                        "",
                        machine.position().phase(),
                        model,
                        ONLY,
                        ONLY,
                        tokens,
                        machine.committed());
        Limit limit = outcome.fired().limit().limit();
        return new StreamCutException(
                new Reports(place, true).of(outcome, nowNanos - startNanos), limit);
    }

    private void rearm() {
        long wake = machine.outcome() == null ? machine.wakeAtNanos() : Deadline.NEVER;
        if (wake != Deadline.NEVER
                && Deadline.nearer(wake, armedNanos) == wake
                && wake != armedNanos) {
            armedNanos = wake;
            timers.arm(alarm, wake);
        }
    }

    private void disarm() {
        armedNanos = Deadline.NEVER;
        timers.cancel(alarm);
    }
}
