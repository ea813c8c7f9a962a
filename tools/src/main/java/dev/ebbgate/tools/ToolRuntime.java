package dev.ebbgate.tools;

import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.tool.CancelReason;
import dev.ebbgate.core.tool.RejectReason;
import dev.ebbgate.core.tool.RunEvent;
import dev.ebbgate.core.tool.RunPolicy;
import dev.ebbgate.core.tool.ToolLimit;
import dev.ebbgate.core.tool.ToolLimits;
import dev.ebbgate.tools.admission.Admission;
import dev.ebbgate.tools.event.RunId;
import dev.ebbgate.tools.event.ToolListener;
import dev.ebbgate.tools.settings.Capacity;
import dev.ebbgate.tools.settings.Duplicates;
import dev.ebbgate.tools.settings.ToolSettings;
import dev.ebbgate.tools.time.TimeSource;
import dev.ebbgate.tools.time.Timers;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// Runs tools. A run that is started within a body belongs to that body: it gets what is left of
/// its time, less a reserve, and ends with it. Safe for threads. Close it when no more runs are
/// wanted.
public final class ToolRuntime implements AutoCloseable {

    /// How long [#close] waits for what ignores it.
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);

    private final Workshop workshop;
    private final Repeats repeats;
    private final Span reserve;
    private volatile boolean draining;

    private ToolRuntime(Builder builder) {
        TimeSource time = builder.time;
        Timers timers = new Timers(time);
        this.reserve = builder.reserve;
        this.repeats = new Repeats(timers);
        this.workshop =
                new Workshop(
                        timers,
                        new Admission(builder.capacity),
                        new Census(time),
                        builder.listener,
                        builder.chance,
                        builder.carrying,
                        this::call,
                        repeats);
    }

    /// A runtime with the defaults.
    public static ToolRuntime create() {
        return builder().build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /// How a runtime is to be.
    public static final class Builder {
        private TimeSource time = TimeSource.REAL;
        private Capacity capacity = Capacity.of(10_000, 100_000);
        private Span reserve = Span.ofMillis(50);
        private ToolListener listener = ToolListener.NONE;
        private DoubleSupplier chance = () -> ThreadLocalRandom.current().nextDouble();
        private Function<RunId, UnaryOperator<Runnable>> carrying = _ -> UnaryOperator.identity();

        private Builder() {}

        public Builder time(TimeSource value) {
            time = value;
            return this;
        }

        /// Over all tools; its rate does not count.
        public Builder capacity(Capacity value) {
            capacity = value;
            return this;
        }

        /// What a run keeps of its time when it calls another, so that it can still report.
        public Builder reserve(Duration value) {
            reserve = Span.of(value);
            return this;
        }

        public Builder listener(ToolListener value) {
            listener = value;
            return this;
        }

        /// From 0 to 1, for the jitter of retries; asked once for each run, where a tool is called.
        public Builder chance(DoubleSupplier value) {
            chance = value;
            return this;
        }

        /// Carries what the caller's thread knows, such as a trace, over to the body's: asked where
        /// a tool is called, and what it answers is put around each body.
        public Builder carrying(Supplier<UnaryOperator<Runnable>> value) {
            return carrying(_ -> value.get());
        }

        /// The same for those who want to know which run it is. Several carry one around the other,
        /// the first outermost.
        public Builder carrying(Function<RunId, UnaryOperator<Runnable>> value) {
            Function<RunId, UnaryOperator<Runnable>> outer = carrying;
            carrying =
                    run -> {
                        UnaryOperator<Runnable> around = outer.apply(run);
                        UnaryOperator<Runnable> within = value.apply(run);
                        return body -> around.apply(within.apply(body));
                    };
            return this;
        }

        public ToolRuntime build() {
            return new ToolRuntime(this);
        }
    }

    /// Calls a tool and returns at once. What keeps it from running is in the outcome.
    public <A, R> ToolCall<R> start(Tool<A, R> tool, A args, ToolOptions options) {
        return call(tool, args, options);
    }

    private <A, R> WatchedCall<R> call(Tool<A, R> tool, A args, ToolOptions options) {
        Body<?, ?> parent = Body.CURRENT.isBound() ? Body.CURRENT.get() : null;
        long now = workshop.time().nanoTime();
        long left = left(parent, now);
        RunId id = id(tool, options, parent);
        RunPolicy policy = policy(tool, options, parent, left);
        boolean delegated = parent != null && Body.DELEGATES.orElse(false);
        Order<A, R> order = new Order<>(tool, args, options, policy, id, parent, delegated, now);
        Duplicates duplicates = tool.settings().duplicates();
        boolean alone = delegated || duplicates instanceof Duplicates.Allowed;
        String key = alone ? null : options.idempotencyKey();
        RejectReason refused = refusal(left);
        if (refused != null || key == null) {
            return alone(order, refused);
        }
        SharedRun<R> mine = new SharedRun<>(workshop, order);
        boolean joins = !(duplicates instanceof Duplicates.Refused);
        return switch (repeats.enter(key, order, mine, joins)) {
            case Repeats.Entry.Refused<R> _ -> alone(order, RejectReason.DUPLICATE);
            case Repeats.Entry.Joined<R>(SharedCall<R> call) -> call;
            case Repeats.Entry.Fresh<R>(var after) -> {
                refuseIfDraining(mine.run());
                claim(mine.run(), order, after);
                mine.first().begin();
                yield mine.first();
            }
        };
    }

    /// A run that is this call's alone.
    private <A, R> Run<A, R> alone(Order<A, R> order, @Nullable RejectReason refused) {
        Run<A, R> run = new Run<>(workshop, order);
        run.begin();
        if (order.parent() != null) {
            order.parent().adopt(run);
        }
        run.post(refused == null ? RunEvent.Plain.WOKEN : new RunEvent.Refused(refused));
        refuseIfDraining(run);
        claim(run, order, null);
        return run;
    }

    /// Whoever drains has either seen it by now, or is seen here.
    private void refuseIfDraining(Run<?, ?> run) {
        if (draining) {
            run.post(new RunEvent.Refused(RejectReason.DRAINING));
        }
    }

    /// Calls a tool and waits until its outcome is decided. A body that calls it so is not taken to
    /// be silent meanwhile. An interrupt cancels the run.
    public <A, R> ToolCall<R> settle(Tool<A, R> tool, A args, ToolOptions options)
            throws InterruptedException {
        ToolCall<R> call = start(tool, args, options);
        try {
            Outcome<R> _ =
                    Body.CURRENT.isBound()
                            ? Body.CURRENT.get().context().suspended(call::await)
                            : call.await();
        } catch (InterruptedException e) {
            call.cancel(CancelReason.CALLER);
            throw e;
        }
        return call;
    }

    /// Why it does not run, or null.
    private @Nullable RejectReason refusal(long left) {
        if (draining) {
            return RejectReason.DRAINING;
        }
        return left <= 0 ? RejectReason.NO_TIME : null;
    }

    /// Claims a place for it, or does so when others have ended; not if it is over by then.
    private void claim(Run<?, ?> run, Order<?, ?> order, @Nullable SharedRun<?> after) {
        if (after != null) {
            after.whenFree(() -> claim(run, order, null));
        } else if (run.outcome() == null) {
            claim(run, order);
        }
    }

    private void claim(Run<?, ?> run, Order<?, ?> order) {
        Admission.Claim claim =
                workshop.admission()
                        .claim(
                                order.tool().name(),
                                order.tool().settings().capacity(),
                                order.options().priority(),
                                () -> run.post(RunEvent.Plain.TURN),
                                workshop.time().nanoTime());
        if (claim.seat() != null) {
            run.sit(claim.seat());
        }
        if (claim.refused() != null) {
            run.post(new RunEvent.Refused(claim.refused()));
        }
    }

    private long left(@Nullable Body<?, ?> parent, long now) {
        if (parent == null || parent.deadlineNanos() == Deadline.NEVER) {
            return Long.MAX_VALUE;
        }
        return parent.deadlineNanos() - now - reserve.nanos();
    }

    private RunId id(Tool<?, ?> tool, ToolOptions options, @Nullable Body<?, ?> parent) {
        long number = workshop.census().number();
        String callId = options.callId().isEmpty() ? "run-" + number : options.callId();
        long of = parent == null ? 0 : parent.owner().id().number();
        return new RunId(number, tool.name(), callId, of);
    }

    private static RunPolicy policy(
            Tool<?, ?> tool, ToolOptions options, @Nullable Body<?, ?> parent, long left) {
        ToolSettings settings = tool.settings();
        String owner = options.limits() == null ? "tool " + tool.name() : ToolOptions.OWNER;
        ToolLimits limits = options.limits(settings.limits());
        String totalOwner = options.total() == null ? owner : options.total().owner();
        if (parent != null && left > 0 && left < limits.total().nanos()) {
            limits = limits.with(ToolLimit.TOTAL, new Span(left));
            totalOwner = parent.deadlineOwner();
        }
        return new RunPolicy(
                limits,
                owner,
                totalOwner,
                settings.mode(),
                settings.retry(),
                settings.softShare(),
                settings.idempotent());
    }

    /// Calls several tools at once and waits for all their outcomes, or until the rule is met: then
    /// what still runs is cancelled. There is exactly one outcome per call id, in the order of the
    /// requests; a call id that comes twice is run once. An interrupt cancels them all.
    public SequencedMap<String, Outcome<?>> batch(List<ToolRequest<?, ?>> requests, BatchRule rule)
            throws InterruptedException {
        SequencedMap<String, Outcome<?>> outcomes = new LinkedHashMap<>();
        for (var call : settle(requests, rule).entrySet()) {
            outcomes.put(call.getKey(), call.getValue().await());
        }
        return outcomes;
    }

    /// The same, with the calls: each has its outcome, and what is known of its effects becomes
    /// more certain until it has terminated.
    public SequencedMap<String, ToolCall<?>> settle(
            List<ToolRequest<?, ?>> requests, BatchRule rule) throws InterruptedException {
        Batch batch = new Batch(workshop, rule);
        return Body.CURRENT.isBound()
                ? Body.CURRENT.get().context().suspended(() -> batch.run(requests))
                : batch.run(requests);
    }

    /// What it goes by.
    public TimeSource clock() {
        return workshop.time();
    }

    /// What ignored everything, was given up and still runs.
    public List<AbandonedBody> abandoned() {
        return workshop.census().abandoned();
    }

    /// How much there is in hand: all of it is 0 when every run has terminated, and what is to be
    /// replayed has been forgotten.
    ///
    /// @param live runs that have not terminated
    /// @param timers that are armed
    /// @param keys of calls that are remembered
    public record Load(int live, int taken, int queued, int timers, int keys, int abandoned) {}

    public Load load() {
        return new Load(
                workshop.census().size(),
                workshop.admission().taken(),
                workshop.admission().queued(),
                workshop.timers().armed(),
                repeats.size(),
                workshop.census().abandoned().size());
    }

    /// Takes no more runs, cancels those in hand and waits for them to end.
    ///
    /// @return what is still alive after that time
    public List<RunId> drain(Duration atMost) throws InterruptedException {
        draining = true;
        long until = Deadline.plus(workshop.time().nanoTime(), atMost);
        List<Run<?, ?>> live = workshop.census().live();
        live.forEach(run -> run.cancel(CancelReason.SHUTDOWN));
        for (Run<?, ?> run : live) {
            long left = Math.max(0, until - workshop.time().nanoTime());
            boolean _ = run.awaitTerminated(Duration.ofNanos(left));
        }
        return workshop.census().live().stream().map(Run::id).toList();
    }

    /// Drains for up to ten seconds. What is abandoned then goes on until the program ends.
    @Override
    public void close() {
        try {
            drain(CLOSE_WITHIN);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        workshop.census().whenEmpty(workshop.timers()::close);
    }
}
