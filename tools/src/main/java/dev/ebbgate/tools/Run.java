package dev.ebbgate.tools;

import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.tool.CancelMode;
import dev.ebbgate.core.tool.CancelReason;
import dev.ebbgate.core.tool.Decision;
import dev.ebbgate.core.tool.Effects;
import dev.ebbgate.core.tool.RunCommand;
import dev.ebbgate.core.tool.RunEvent;
import dev.ebbgate.core.tool.RunPhase;
import dev.ebbgate.core.tool.RunPolicy;
import dev.ebbgate.core.tool.ToolRun;
import dev.ebbgate.tools.admission.Seat;
import dev.ebbgate.tools.event.RunId;
import dev.ebbgate.tools.event.ToolEvent;
import dev.ebbgate.tools.time.TimeSource;
import dev.ebbgate.tools.time.Timer;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/// Drives the machine of one run and carries out its commands. Everything that happens goes through
/// one mailbox, so the machine sees one event at a time and the first to arrive decides.
final class Run<A, R> extends Timer implements WatchedCall<R> {

    private static final System.Logger LOG = System.getLogger(Run.class.getName());

    private final Workshop workshop;
    private final Order<A, R> order;
    private final ToolRun machine;
    private final Mailbox<RunEvent> mailbox = new Mailbox<>(new Reading());
    private final Partials partials;
    private final Partials.Reading reading;
    private final Announcer announcer;
    private final Milestone<Outcome<R>> settled;
    private final Milestone<Effects> terminated;
    private final Place place;
    private final Map<Integer, Body<A, R>> bodies = new ConcurrentHashMap<>(2);
    private final Offspring offspring;
    private final UnaryOperator<Runnable> carried;
    private volatile @Nullable Body<A, R> current;
    private volatile @Nullable Object checkpoint;
    private volatile Effects effects = Effects.NONE;
    private volatile List<Decision> chain = List.of();
    private volatile RunPhase present = RunPhase.QUEUE;
    private long armedNanos = Deadline.NEVER;
    private long sampledNanos = Deadline.NEVER;

    Run(Workshop workshop, Order<A, R> order) {
        this.workshop = workshop;
        this.order = order;
        double chance = workshop.chance().getAsDouble(); // later it could be on the timers' thread
        this.machine = new ToolRun(order.policy(), () -> chance, order.startNanos());
        this.partials = new Partials(time());
        this.reading = partials.read(order.options().buffer());
        this.place = new Place(workshop.admission());
        this.announcer = new Announcer(time(), workshop.listener());
        this.settled = new Milestone<>(time());
        this.terminated = new Milestone<>(time());
        this.offspring = new Offspring(order.callersOffspring());
        this.carried = workshop.carrying().apply(order.id());
        this.checkpoint = resume(order);
    }

    private static @Nullable Object resume(Order<?, ?> order) {
        Object own = order.options().resume();
        Body<?, ?> parent = order.delegated() ? order.parent() : null;
        return own == null && parent != null ? parent.owner().checkpoint() : own;
    }

    private final class Reading implements Mailbox.Reader<RunEvent> {

        @Override
        public void read(RunEvent event, long atNanos) {
            Body<A, R> body = current;
            if (event == RunEvent.Plain.WOKEN) {
                armedNanos = Deadline.NEVER;
            }
            sample(body, event, atNanos);
            RunPhase phase = machine.phase();
            boolean late = machine.isDecided();
            List<RunCommand> commands = machine.on(event, atNanos);
            if (event instanceof RunEvent.Ended(int attempt, RunEvent.Ending ending)) {
                ended(attempt, late && ending == RunEvent.Ending.RETURNED, atNanos);
            }
            if (event instanceof RunEvent.Shielded && body != null) {
                body.shield();
            }
            effects = machine.effects();
            chain = machine.chain();
            RunPhase now = machine.phase();
            present = now == RunPhase.STOP ? present : now;
            for (RunCommand command : commands) {
                try {
                    carryOut(command, phase, atNanos);
                } catch (Throwable e) { // whatever it is, the run is to have its end
                    failed(e);
                    atLeast(command, phase, atNanos);
                }
            }
        }

        @Override
        public void failed(Throwable why) {
            String at = why.getStackTrace().length == 0 ? "" : " at " + why.getStackTrace()[0];
            LOG.log(
                    System.Logger.Level.ERROR,
                    "a run of a tool failed in itself: " + why.getClass() + at);
        }

        @Override
        public void pause() {
            arm();
        }
    }

    /// What must be so after a command that could not be carried out.
    private void atLeast(RunCommand command, RunPhase phase, long nowNanos) {
        switch (command) {
            case RunCommand.Settle(Decision decision) -> {
                if (settled.value() == null) {
                    decided(decision, report(phase, nowNanos, List.of()), List.of());
                }
            }
            case RunCommand.Plain.TERMINATE -> {
                place.leave();
                boolean _ = terminated.reach(effects);
            }
            default -> {}
        }
    }

    private RunReport report(RunPhase phase, long nowNanos, List<Object> partialResults) {
        return new RunReport(
                id(),
                phase,
                machine.attempts(),
                nowNanos - order.startNanos(),
                partialResults,
                checkpoint);
    }

    private void decided(Decision decision, RunReport report, List<StackTraceElement> stack) {
        boolean _ = settled.reach(Outcomes.of(decision, current, stack, report));
    }

    private void sample(@Nullable Body<A, R> body, RunEvent event, long atNanos) {
        long signal = body == null ? Deadline.NEVER : body.signalNanos();
        if (signal == Deadline.NEVER) {
            return;
        }
        machine.signal(signal);
        if (event == RunEvent.Plain.WOKEN && signal != sampledNanos && !hasTerminated()) {
            sampledNanos = signal;
            tell(new ToolEvent.Heartbeat(id(), atNanos, signal));
        }
    }

    private void arm() {
        long wake = machine.wakeAtNanos();
        if (wake != Deadline.NEVER && (armedNanos == Deadline.NEVER || wake - armedNanos < 0)) {
            armedNanos = wake;
            workshop.timers().arm(this, wake);
        }
    }

    @Override
    protected void fire(long nowNanos) {
        post(RunEvent.Plain.WOKEN);
    }

    private void carryOut(RunCommand command, RunPhase phase, long nowNanos) {
        switch (command) {
            case RunCommand.Start(int attempt) -> begin(attempt, nowNanos);
            case RunCommand.Settle(Decision decision) -> settle(decision, phase, nowNanos);
            case RunCommand.Tell(int attempt, Decision why) -> body(attempt).tell(why);
            case RunCommand.Interrupt(int attempt) -> body(attempt).interrupt();
            case RunCommand.Force(int attempt) -> body(attempt).force();
            case RunCommand.Abandon(int attempt) -> abandon(attempt, nowNanos);
            case RunCommand.Clean(int attempt) -> body(attempt).clean();
            case RunCommand.Hurry(int attempt) -> body(attempt).hurry();
            case RunCommand.AbandonCleanup(int attempt) -> abandon(attempt, nowNanos);
            case RunCommand.Plain.SOFTEN -> soften(nowNanos);
            case RunCommand.Plain.TERMINATE -> terminate(nowNanos);
        }
    }

    private Body<A, R> body(int attempt) {
        Body<A, R> body = bodies.get(attempt);
        if (body == null) {
            throw new IllegalStateException("there is no attempt " + attempt);
        }
        return body;
    }

    private void begin(int attempt, long nowNanos) {
        Body<A, R> body = new Body<>(this, attempt, nowNanos);
        bodies.put(attempt, body);
        current = body;
        tell(new ToolEvent.AttemptStarted(id(), nowNanos, attempt));
        // What is carried is code of a user's: it is put around the body on the body's own thread.
        time().start("tool-" + id().tool(), () -> body.runWithin(carried));
    }

    private void ended(int attempt, boolean late, long nowNanos) {
        Body<A, R> body = body(attempt);
        workshop.census().forget(body);
        tell(new ToolEvent.AttemptEnded(id(), nowNanos, attempt));
        Object result = body.result();
        if (late && result != null) {
            tell(new ToolEvent.LateResult(id(), nowNanos, attempt));
            time().start("tool-late", () -> order.options().late().accept(result));
        }
    }

    private void settle(Decision decision, RunPhase phase, long nowNanos) {
        RunReport report = report(phase, nowNanos, partials.close());
        List<StackTraceElement> stack =
                decision instanceof Decision.TimedOut ? stack(nowNanos) : List.of();
        tell(new ToolEvent.Settled(id(), nowNanos, decision, machine.attempts()));
        decided(decision, report, stack);
    }

    private void soften(long nowNanos) {
        Body<A, R> body = current;
        if (body != null) {
            tell(new ToolEvent.SoftDeadline(id(), nowNanos));
            body.soften();
        }
    }

    private void abandon(int attempt, long nowNanos) {
        if (workshop.census().abandon(body(attempt))) {
            place.abandon();
        }
        tell(new ToolEvent.Abandoned(id(), nowNanos, attempt));
    }

    private void terminate(long nowNanos) {
        workshop.timers().cancel(this);
        bodies.values().forEach(workshop.census()::forget);
        bodies.clear();
        if (order.parent() != null) {
            order.parent().release(this);
        }
        offspring.end();
        workshop.repeats().leave(this);
        tell(new ToolEvent.Terminated(id(), nowNanos, effects));
        place.leave();
        workshop.census().leave(this);
        boolean _ = terminated.reach(effects); // last: whoever waited finds the place free
    }

    boolean hasTerminated() {
        return terminated.isReached();
    }

    /// See [Milestone#watch].
    void whenTerminated(Runnable next) {
        terminated.watch(next);
    }

    /// The place it has, or waits for. It may have ended by now.
    void sit(Seat taken) {
        if (place.take(taken)) {
            post(RunEvent.Plain.WOKEN); // so that the limit on waiting is armed
        }
    }

    /// It has been called.
    void begin() {
        workshop.census().enter(this);
        tell(new ToolEvent.Invoked(id(), order.startNanos()));
        offspring.begin();
    }

    void post(RunEvent event) {
        mailbox.post(event, time().nanoTime());
    }

    /// Says what a body does, unless another attempt has taken its place.
    void postFrom(Body<A, R> body, RunEvent event) {
        if (isCurrent(body)) {
            Headroom.require(); // else the body's stack could end in the middle of a decision
            post(event);
        }
    }

    boolean isCurrent(Body<A, R> body) {
        return current == body;
    }

    R call(ToolContext context) throws Exception {
        return order.tool().call(order.args(), context);
    }

    Tool<A, R> tool() {
        return order.tool();
    }

    /// The body that called it, or null.
    @Nullable Body<?, ?> parent() {
        return order.parent();
    }

    /// The key its caller gave it, or null.
    @Nullable String key() {
        return order.options().idempotencyKey();
    }

    boolean isRetryable(Throwable error) {
        return order.tool().settings().retryable().test(error);
    }

    <B, S> ToolCall<S> startChild(Tool<B, S> tool, B args, ToolOptions options) {
        return workshop.starter().start(tool, args, options);
    }

    boolean keep(Object partial) {
        return partials.add(
                partial, index -> tell(new ToolEvent.Partial(id(), time().nanoTime(), index)));
    }

    Partials partialResults() {
        return partials;
    }

    void cleanupFailed(String cleanup) {
        tell(new ToolEvent.CleanupFailed(id(), time().nanoTime(), cleanup));
    }

    void tell(ToolEvent event) {
        announcer.tell(event);
    }

    void checkpoint(Object state) {
        checkpoint = state;
    }

    @Nullable Object checkpoint() {
        return checkpoint;
    }

    /// Why nothing more is taken from a body.
    Decision reason() {
        Outcome<R> outcome = settled.value();
        return outcome == null ? new Decision.Failed() : outcome.decision();
    }

    @Override
    public void watch(Runnable watcher) {
        settled.watch(watcher);
    }

    /// How it stands, for one of several calls that share it.
    ///
    /// @param partialResults what of it is that call's
    RunReport reportFor(RunId call, long elapsedNanos, List<Object> partialResults) {
        Body<A, R> body = current;
        return new RunReport(
                call,
                present,
                body == null ? 0 : body.number(),
                elapsedNanos,
                partialResults,
                checkpoint);
    }

    /// The age of its body's last signal, or of its start; 0 where none has begun.
    long silentNanos(long nowNanos) {
        Body<A, R> body = current;
        return body == null ? 0 : body.silentNanos(nowNanos);
    }

    /// Where its body stands; empty where none runs.
    List<StackTraceElement> stack(long nowNanos) {
        Body<A, R> body = current;
        return body == null ? List.of() : workshop.census().stack(body, nowNanos);
    }

    Offspring offspring() {
        return offspring;
    }

    /// What its bodies wait for, or have begun.
    List<Run<?, ?>> called() {
        return bodies.values().stream().flatMap(body -> body.called().stream()).toList();
    }

    /// Whose work it does; null if it is only its own.
    @Nullable Context<?, ?> worksFor() {
        Body<?, ?> parent = order.parent();
        return order.delegated() && parent != null ? parent.context() : null;
    }

    TimeSource time() {
        return workshop.time();
    }

    RunPolicy policy() {
        return order.policy();
    }

    CancelMode mode() {
        return order.policy().mode();
    }

    long deadlineNanos() {
        return machine.deadlineNanos();
    }

    /// How errors of runs further down name this one.
    String name() {
        return "tool " + id().tool() + " call " + id().callId() + " run " + id().number();
    }

    String idempotencyKey() {
        String key = order.options().idempotencyKey();
        return key == null ? id().tool() + "-" + id().number() : key;
    }

    @Override
    public Run<A, R> run() {
        return this;
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
    public boolean awaitTerminated(Duration atMost) throws InterruptedException {
        return terminated.await(Deadline.plus(time().nanoTime(), atMost));
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
    public CompletionStage<Effects> terminated() {
        return terminated.stage();
    }

    @Override
    public void cancel(CancelReason reason) {
        post(new RunEvent.Unwanted(reason));
    }

    @Override
    public List<Object> partials() {
        return partials.soFar();
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

    @Override
    public Effects effects() {
        boolean unknown = effects != Effects.NONE && offspring.isLive();
        return unknown ? Effects.UNKNOWN_STILL_RUNNING : effects;
    }

    @Override
    public List<Decision> chain() {
        return chain;
    }
}
