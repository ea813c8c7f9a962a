package dev.ebbgate.tools;

import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.tool.CancelReason;
import dev.ebbgate.core.tool.Decision;
import dev.ebbgate.core.tool.Effects;
import dev.ebbgate.core.tool.FiredLimit;
import dev.ebbgate.core.tool.RunPolicy;
import dev.ebbgate.core.tool.ToolLimit;
import dev.ebbgate.tools.event.RunId;
import dev.ebbgate.tools.event.ToolEvent;
import dev.ebbgate.tools.event.ToolListener;
import dev.ebbgate.tools.time.TimeSource;
import dev.ebbgate.tools.time.Timer;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/// One of the calls that have one run. Each has an id, a limit on the whole, a reader and an end of
/// its own.
final class SharedCall<R> extends Timer implements WatchedCall<R> {

    private enum End {
        OPEN,
        /// The run's outcome is this call's.
        SHARED,
        /// It ended before, alone.
        ALONE
    }

    private final SharedRun<R> shared;
    private final Run<?, R> run;
    private final Order<?, R> order;
    private final boolean isFirst;
    private final Milestone<Outcome<R>> settled;
    private final Partials.Reading reading;
    private final Announcer announcer;
    private final AtomicReference<End> end = new AtomicReference<>(End.OPEN);

    /// @param isFirst whether the run is made for this call: it is then told of as the run
    SharedCall(SharedRun<R> shared, Order<?, R> order, boolean isFirst) {
        this.shared = shared;
        this.run = shared.run();
        this.order = order;
        this.isFirst = isFirst;
        this.settled = new Milestone<>(time());
        this.reading = run.partialResults().read(order.options().buffer());
        ToolListener listener = shared.workshop().listener();
        this.announcer = new Announcer(time(), isFirst ? ToolListener.NONE : listener);
    }

    private TimeSource time() {
        return shared.workshop().time();
    }

    /// It counts from now on. For one that joins, whoever called it does not know what it still
    /// does until the run has ended.
    void begin() {
        shared.enter(this);
        if (!isFirst) {
            announcer.tell(new ToolEvent.Invoked(id(), order.startNanos()));
            announcer.tell(new ToolEvent.Joined(id(), order.startNanos(), run.id().number()));
            long endsAt = order.policy().limits().total().after(order.startNanos());
            if (endsAt != Deadline.NEVER) {
                shared.workshop().timers().arm(this, endsAt);
            }
            Offspring above = order.callersOffspring();
            if (above != null) {
                above.begun();
                run.whenTerminated(above::ended);
            }
        }
        if (order.parent() != null) {
            order.parent().adopt(this);
        }
        run.watch(this::follow);
    }

    /// The run's outcome is this one's, unless it had its own before.
    private void follow() {
        Outcome<R> outcome = run.outcome();
        if (outcome == null || share(outcome)) {
            return;
        }
        if (outcome instanceof Outcome.Completed<R>(R result, RunReport _)) {
            late(result);
        }
    }

    private boolean share(Outcome<R> outcome) {
        if (!end.compareAndSet(End.OPEN, End.SHARED)) {
            return false;
        }
        over(isFirst ? outcome : Outcomes.forCall(outcome, id(), elapsedNanos()));
        run.whenTerminated(() -> terminated(run.effects()));
        return true;
    }

    /// Ends this call alone, and the run if nobody wants it any more.
    private void leave(CancelReason reason, Function<RunReport, Outcome<R>> own) {
        Outcome<R> outcome = run.outcome();
        if (outcome != null) {
            boolean _ = share(outcome);
        } else if (end.compareAndSet(End.OPEN, End.ALONE)) {
            over(own.apply(run.reportFor(id(), elapsedNanos(), reading.end())));
            shared.leave(reason);
            terminated(effects());
        }
    }

    private void over(Outcome<R> outcome) {
        shared.workshop().timers().cancel(this);
        if (order.parent() != null) {
            order.parent().release(this);
        }
        RunReport report = outcome.report();
        announcer.tell(
                new ToolEvent.Settled(
                        id(), time().nanoTime(), outcome.decision(), report.attempts()));
        boolean _ = settled.reach(outcome);
    }

    private void terminated(Effects known) {
        announcer.tell(new ToolEvent.Terminated(id(), time().nanoTime(), known));
    }

    /// The run has a result after all.
    void late(Object result) {
        time().start("tool-late", () -> order.options().late().accept(result));
    }

    private long elapsedNanos() {
        return time().nanoTime() - order.startNanos();
    }

    @Override
    protected void fire(long nowNanos) {
        leave(
                CancelReason.CALLER,
                report -> new Outcome.TimedOut<>(fired(report), run.stack(nowNanos), report));
    }

    private FiredLimit fired(RunReport report) {
        RunPolicy policy = order.policy();
        return new FiredLimit(
                ToolLimit.TOTAL,
                policy.limits().total(),
                policy.totalOwner(),
                report.phase(),
                report.elapsedNanos(),
                run.silentNanos(time().nanoTime()),
                report.attempts());
    }

    @Override
    public void cancel(CancelReason reason) {
        leave(reason, report -> new Outcome.Cancelled<>(reason, report));
    }

    @Override
    public void watch(Runnable watcher) {
        settled.watch(watcher);
    }

    @Override
    public Run<?, R> run() {
        return run;
    }

    @Override
    public RunId id() {
        return order.id();
    }

    @Override
    public Outcome<R> await() throws InterruptedException {
        return settled.await();
    }

    @Override
    public @Nullable Outcome<R> outcome() {
        return settled.value();
    }

    @Override
    public CompletionStage<Outcome<R>> settled() {
        return settled.stage();
    }

    @Override
    public boolean awaitTerminated(Duration atMost) throws InterruptedException {
        return run.awaitTerminated(atMost);
    }

    @Override
    public CompletionStage<Effects> terminated() {
        return run.terminated();
    }

    @Override
    public List<Object> partials() {
        Outcome<R> own = settled.value();
        return own == null ? run.partials() : own.partials();
    }

    @Override
    public PartialReader reader() {
        return new PartialReader() {
            @Override
            public Optional<Object> next() throws InterruptedException {
                return reading.next();
            }

            @Override
            public void close() {
                cancel(CancelReason.CONSUMER_GONE);
            }
        };
    }

    /// Once it has ended alone, the run may do anything until it has ended as well.
    @Override
    public Effects effects() {
        Effects known = run.effects();
        boolean open = end.get() == End.ALONE && known != Effects.DONE && !run.hasTerminated();
        return open ? Effects.UNKNOWN_STILL_RUNNING : known;
    }

    @Override
    public List<Decision> chain() {
        Outcome<R> own = settled.value();
        return own != null && end.get() == End.ALONE ? List.of(own.decision()) : run.chain();
    }
}
