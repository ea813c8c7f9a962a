package dev.ebbgate.tools;

import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.tool.CancelReason;
import dev.ebbgate.core.tool.Decision;
import dev.ebbgate.core.tool.Effects;
import dev.ebbgate.core.tool.FiredLimit;
import dev.ebbgate.core.tool.RunPolicy;
import dev.ebbgate.core.tool.ToolLimit;
import dev.ebbgate.tools.event.RunId;
import dev.ebbgate.tools.time.Timer;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// One of the calls that have one run, as they have the same idempotency key. Each has an id, a
/// limit on the whole and an end of its own; the run goes on while any of them wants it.
final class SharedCall<R> extends Timer implements WatchedCall<R> {

    private final Workshop workshop;
    private final Run<?, R> run;
    private final Run.Order<?, R> order;
    private final AtomicInteger wanting;
    private final Settlement<R> settled;
    private volatile boolean left;

    private SharedCall(
            Workshop workshop, Run<?, R> run, Run.Order<?, R> order, AtomicInteger wanting) {
        this.workshop = workshop;
        this.run = run;
        this.order = order;
        this.wanting = wanting;
        this.settled = new Settlement<>(workshop.time());
    }

    /// The call for which the run is made. Its limits are the run's.
    static <A, R> SharedCall<R> first(Workshop workshop, Run<A, R> run, Run.Order<A, R> order) {
        SharedCall<R> call = new SharedCall<>(workshop, run, order, new AtomicInteger(1));
        run.watch(call::follow);
        return call;
    }

    /// Another one for the same run.
    ///
    /// @param joining what would have been run for it alone
    SharedCall<R> join(Run.Order<?, R> joining) {
        wanting.incrementAndGet();
        SharedCall<R> call = new SharedCall<>(workshop, run, joining, wanting);
        long endsAt = joining.policy().limits().total().after(joining.startNanos());
        if (endsAt != Deadline.NEVER) {
            workshop.timers().arm(call, endsAt);
        }
        if (joining.parent() != null) {
            joining.parent().adopt(call);
        }
        run.watch(call::follow);
        return call;
    }

    boolean isOf(Run<?, ?> other) {
        return run == other;
    }

    /// The run's outcome is this one's, unless it had its own before.
    private void follow() {
        Outcome<R> outcome = run.outcome();
        if (outcome != null) {
            boolean _ = settle(outcome);
        }
    }

    /// It is over, whether by this outcome or by an earlier one.
    private boolean settle(Outcome<R> outcome) {
        workshop.timers().cancel(this);
        if (order.parent() != null) {
            order.parent().release(this);
        }
        return settled.decide(outcome);
    }

    /// Ends this call alone, and the run if nobody wants it any more.
    private void leave(CancelReason reason, Function<RunReport, Outcome<R>> own) {
        follow();
        long elapsed = workshop.time().nanoTime() - order.startNanos();
        if (settle(own.apply(run.reportFor(id(), elapsed)))) {
            left = true;
            if (wanting.decrementAndGet() == 0) {
                run.cancel(reason);
            }
        }
    }

    @Override
    protected void fire(long nowNanos) {
        leave(
                CancelReason.CALLER,
                report -> new Outcome.TimedOut<>(fired(report), List.of(), report));
    }

    private FiredLimit fired(RunReport report) {
        RunPolicy policy = order.policy();
        return new FiredLimit(
                ToolLimit.TOTAL,
                policy.limits().total(),
                policy.totalOwner(),
                report.phase(),
                report.elapsedNanos(),
                0,
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
        return run.partials();
    }

    @Override
    public PartialReader reader() {
        PartialReader shared = run.reader();
        return new PartialReader() {
            @Override
            public Optional<Object> next() throws InterruptedException {
                return shared.next();
            }

            @Override
            public void close() {
                cancel(CancelReason.CONSUMER_GONE);
            }
        };
    }

    @Override
    public Effects effects() {
        return run.effects();
    }

    @Override
    public List<Decision> chain() {
        Outcome<R> own = settled.value();
        return own != null && left ? List.of(own.decision()) : run.chain();
    }
}
