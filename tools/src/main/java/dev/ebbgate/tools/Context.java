package dev.ebbgate.tools;

import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.tool.RunEvent;
import dev.ebbgate.tools.event.ToolEvent;
import dev.ebbgate.tools.time.TimeSource;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/// What one body sees of its run.
final class Context<A, R> implements ToolContext {

    private static final Duration UNLIMITED = Duration.ofDays(36_500);

    private final Run<A, R> run;
    private final Body<A, R> body;
    private final TimeSource time;
    private final AtomicBoolean isShielded = new AtomicBoolean();

    Context(Run<A, R> run, Body<A, R> body) {
        this.run = run;
        this.body = body;
        this.time = run.time();
    }

    @Override
    public String callId() {
        return run.id().callId();
    }

    @Override
    public int attempt() {
        return body.number();
    }

    @Override
    public String idempotencyKey() {
        return run.idempotencyKey();
    }

    @Override
    public Duration remaining() {
        long deadline = deadlineNanos();
        return deadline == Deadline.NEVER
                ? UNLIMITED
                : Duration.ofNanos(Math.max(0, deadline - time.nanoTime()));
    }

    @Override
    public long deadlineNanos() {
        return body.deadlineNanos();
    }

    @Override
    public String deadlineOwner() {
        return body.deadlineOwner();
    }

    @Override
    public TimeSource clock() {
        return time;
    }

    @Override
    public CancelToken token() {
        return body.token();
    }

    @Override
    public void heartbeat() {
        body.signal();
    }

    @Override
    public void progress(double share) {
        body.signal();
        if (run.isCurrent(body)) {
            run.tell(new ToolEvent.Progress(run.id(), time.nanoTime(), share));
        }
    }

    @Override
    public void emit(Object partial) throws InterruptedException {
        Objects.requireNonNull(partial, "a partial result is never null");
        body.signal();
        body.token().throwIfCancelled();
        if (run.partialResults().isFull()) {
            suspended(() -> {
                run.partialResults().awaitRoom();
                return partial;
            });
        }
        if (!run.isCurrent(body) || !run.keep(partial)) {
            body.token().throwIfCancelled();
            throw new ToolCancelledException(run.reason());
        }
        Context<?, ?> caller = run.worksFor();
        if (caller != null) {
            suspended(() -> {
                caller.emit(partial);
                return partial;
            });
        }
    }

    @Override
    public void checkpoint(Object state) {
        body.signal();
        if (run.isCurrent(body)) {
            run.checkpoint(state);
            Context<?, ?> caller = run.worksFor();
            if (caller != null) {
                caller.checkpoint(state);
            }
        }
    }

    @Override
    public <S> Optional<S> resumeFrom(Class<S> type) {
        return Optional.ofNullable(run.checkpoint()).filter(type::isInstance).map(type::cast);
    }

    @Override
    public void onCleanup(String name, Cleanup action) {
        body.cleanups().add(name, false, action);
    }

    @Override
    public <T extends AutoCloseable> T own(T resource) {
        body.cleanups().add(resource.getClass().getSimpleName(), true, resource::close);
        return resource;
    }

    @Override
    public Process own(ProcessBuilder builder) throws IOException {
        body.token().throwIfCancelled();
        OwnedProcess owned = OwnedProcess.start(builder, run.policy().limits().grace().nanos());
        body.own(owned);
        return owned.process();
    }

    @Override
    public <T> T shield(Duration atMost, Callable<T> shielded) throws Exception {
        body.token().throwIfCancelled();
        if (!isShielded.compareAndSet(false, true)) {
            return shielded.call(); // the outer one holds
        }
        try {
            long until = Deadline.plus(time.nanoTime(), atMost);
            run.postFrom(body, new RunEvent.Shielded(until));
            awaitUninterrupted(() -> body.isShielded() || body.token().isCancelled());
            body.token().throwIfCancelled();
            return shielded.call();
        } finally {
            isShielded.set(false);
            body.unshield();
            run.postFrom(body, RunEvent.Plain.UNSHIELDED);
        }
    }

    /// Another thread may be at work on what was said before: until it has taken the shield as
    /// well, an interrupt could still come.
    private void awaitUninterrupted(BooleanSupplier condition) {
        boolean interrupted = false;
        while (!condition.getAsBoolean()) {
            try {
                boolean _ = body.nudge().await(condition, Deadline.NEVER);
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Waits for the run's limit, or whatever else ends it before.
    void awaitEnd() {
        try {
            boolean _ =
                    suspended(() -> body.nudge().await(body.token()::isCancelled, Deadline.NEVER));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // it is to end now
        }
    }

    @Override
    public <B, S> Outcome<S> child(Tool<B, S> tool, B args, ToolOptions options)
            throws InterruptedException {
        return suspended(start(tool, args, options)::await);
    }

    @Override
    public <B, S> ToolCall<S> start(Tool<B, S> tool, B args, ToolOptions options) {
        return ScopedValue.where(Body.CURRENT, body) // whichever thread of the body's this is
                .call(() -> run.startChild(tool, args, options));
    }

    @Override
    public <B, S> ToolCall<S> delegate(Tool<B, S> tool, B args, ToolOptions options) {
        return ScopedValue.where(Body.CURRENT, body)
                .where(Body.DELEGATES, true)
                .call(() -> run.startChild(tool, args, options));
    }

    @Override
    public int depth(Class<?> kind) {
        int depth = 0;
        for (Body<?, ?> above = run.parent(); above != null; above = above.owner().parent()) {
            depth += kind.isInstance(above.owner().tool()) ? 1 : 0;
        }
        return depth;
    }

    @Override
    public <T> T waiting(Callable<T> wait) throws Exception {
        run.postFrom(body, RunEvent.Plain.SUSPENDED);
        try {
            return wait.call();
        } finally {
            run.postFrom(body, RunEvent.Plain.RESUMED);
        }
    }

    /// A wait that can only be interrupted.
    interface Wait<T> {
        T end() throws InterruptedException;
    }

    /// Waits; meanwhile the run is not taken to be silent.
    <T> T suspended(Wait<T> wait) throws InterruptedException {
        run.postFrom(body, RunEvent.Plain.SUSPENDED);
        try {
            return wait.end();
        } finally {
            run.postFrom(body, RunEvent.Plain.RESUMED);
        }
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        long until = Deadline.plus(time.nanoTime(), duration);
        if (body.nudge().await(body.token()::isCancelled, until)) {
            body.token().throwIfCancelled();
        }
    }

    @Override
    public boolean isNearlyOver() {
        return body.soft().hasHappened();
    }

    @Override
    public void onNearlyOver(Runnable hook) {
        body.soft().add(hook);
    }
}
