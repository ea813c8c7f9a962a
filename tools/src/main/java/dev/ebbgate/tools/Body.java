package dev.ebbgate.tools;

import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.tool.CancelMode;
import dev.ebbgate.core.tool.CancelReason;
import dev.ebbgate.core.tool.Decision;
import dev.ebbgate.core.tool.RunEvent;
import dev.ebbgate.core.tool.RunEvent.Ending;
import dev.ebbgate.tools.time.Bell;
import dev.ebbgate.tools.time.TimeSource;

import org.jspecify.annotations.Nullable;

import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.BaseStream;

/// One attempt's body on its thread, and all that can be done to it from outside.
final class Body<A, R> implements Runnable {

    /// The body within which the present thread runs.
    static final ScopedValue<Body<?, ?>> CURRENT = ScopedValue.newInstance();

    /// Whether what is called now is to do the work of that body.
    static final ScopedValue<Boolean> DELEGATES = ScopedValue.newInstance();

    private final Run<A, R> run;
    private final int number;
    private final TimeSource time;
    private final long startNanos;
    private final Token token;
    private final Hooks soft;
    private final Bell nudge;
    private final Cleanups cleanups;
    private final Context<A, R> context;
    private final List<OwnedProcess> processes = new CopyOnWriteArrayList<>();
    private final Set<WatchedCall<?>> children = ConcurrentHashMap.newKeySet(0);
    private volatile long signalNanos = Deadline.NEVER;
    private volatile @Nullable R result;
    private volatile @Nullable Throwable error;
    private @Nullable Thread thread;
    private boolean ended;
    private boolean hooksRun;
    private boolean interruptDue;
    private volatile boolean shielded;

    Body(Run<A, R> run, int number, long startNanos) {
        this.run = run;
        this.number = number;
        this.time = run.time();
        this.startNanos = startNanos;
        this.token = new Token(time);
        this.soft = new Hooks(time, "tool-soft-deadline");
        this.nudge = new Bell(time);
        this.cleanups =
                new Cleanups(
                        time, run::cleanupFailed, () -> run.post(new RunEvent.Cleaned(number)));
        this.context = new Context<>(run, this);
    }

    @Override
    public void run() {
        Ending ending;
        if (enter()) {
            ending = call();
        } else {
            error = new ToolCancelledException(reason());
            ending = Ending.NOT_BEGUN;
        }
        leave();
        run.post(new RunEvent.Ended(number, ending));
    }

    /// Runs within what is carried. Where that throws and the body has not begun, the attempt has
    /// failed: nobody else would say that it is over.
    void runWithin(UnaryOperator<Runnable> carried) {
        try {
            carried.apply(this).run();
        } catch (Throwable e) { // whatever it is, it is somebody else's code
            if (hasBegun()) {
                throw e;
            }
            error = e;
            leave();
            run.post(new RunEvent.Ended(number, Ending.NOT_BEGUN));
        }
    }

    private synchronized boolean hasBegun() {
        return thread != null;
    }

    /// A body that is not wanted before it has begun does not begin.
    private synchronized boolean enter() {
        thread = Thread.currentThread();
        return !token.isCancelled();
    }

    private Decision reason() {
        Decision reason = token.reason();
        return reason == null ? new Decision.Failed() : reason;
    }

    /// From here on no interrupt reaches this thread, and one that has is forgotten.
    private synchronized void leave() {
        ended = true;
        boolean _ = Thread.interrupted();
    }

    private Ending call() {
        try {
            R value = ScopedValue.where(CURRENT, this).call(() -> run.call(context));
            refuseLazy(value);
            result = value;
            return Ending.RETURNED;
        } catch (Throwable e) { // whatever it is, it is the body's outcome
            error = e;
            if (isEndedByOwnLimit(e)) {
                context.awaitEnd();
            }
            return isRetryable(e) ? Ending.FAILED : Ending.FAILED_FOR_GOOD;
        }
    }

    /// Whether what it called ran out of this body's own time, of which it was given a little less.
    /// That limit is then what the outcome is to name, and it does when the rest is over.
    private boolean isEndedByOwnLimit(Throwable failure) {
        return failure instanceof NotCompletedException inner
                && inner.limit().filter(fired -> fired.owner().equals(deadlineOwner())).isPresent();
    }

    /// Whoever throws instead of saying so does not want it tried again.
    private boolean isRetryable(Throwable failure) {
        try {
            return run.isRetryable(failure);
        } catch (Throwable _) { // the body's failure is the one to tell
            return false;
        }
    }

    private static void refuseLazy(@Nullable Object value) {
        if (value == null) {
            throw new IllegalStateException("a tool returns a value, never null");
        }
        if (value instanceof BaseStream<?, ?> || value instanceof Iterator<?>) {
            throw new IllegalStateException(
                    "a tool returns a whole value; emit what is to be read as it comes");
        }
    }

    /// Nobody wants its result any more.
    void tell(Decision why) {
        List<Runnable> hooks = token.set(why);
        nudge.ring();
        cancelChildren();
        boolean terminates = run.mode() == CancelMode.KILL_PROCESS && !processes.isEmpty();
        if (hooks.isEmpty() && !terminates) {
            return;
        }
        synchronized (this) {
            hooksRun = true;
        }
        if (terminates) {
            time.start("tool-cancel", () -> processes.forEach(OwnedProcess::terminate));
        }
        time.start(
                "tool-cancel",
                () -> {
                    hooks.forEach(Hooks::run);
                    hooksDone();
                });
    }

    private synchronized void hooksDone() {
        hooksRun = false;
        if (interruptDue) {
            interruptNow();
        }
    }

    /// Interrupts its thread, after the hooks.
    synchronized void interrupt() {
        interruptDue = true;
        if (!hooksRun) {
            interruptNow();
        }
    }

    private synchronized void interruptNow() {
        if (!ended && thread != null) {
            time.interrupt(thread);
        }
    }

    /// Kills and closes whatever it may hang in.
    void force() {
        time.start(
                "tool-force",
                () -> {
                    if (run.mode().interrupts()) {
                        interruptNow();
                    }
                    processes.forEach(OwnedProcess::kill);
                    cleanups.closeOwned();
                });
    }

    /// From now on it is not interrupted.
    void shield() {
        shielded = true;
        nudge.ring();
    }

    void unshield() {
        shielded = false;
    }

    boolean isShielded() {
        return shielded;
    }

    void soften() {
        List<Runnable> hooks = soft.happen();
        if (!hooks.isEmpty()) {
            time.start("tool-soft-deadline", () -> hooks.forEach(Hooks::run));
        }
    }

    /// Runs the cleanups, which tell when they are done.
    void clean() {
        cancelChildren();
        if (cleanups.close()) {
            run.post(new RunEvent.Cleaned(number));
        } else {
            cleanups.begin();
        }
    }

    /// Goes on with the other cleanups.
    void hurry() {
        cleanups.begin();
    }

    private void cancelChildren() {
        children.forEach(child -> child.cancel(CancelReason.PARENT));
    }

    void adopt(WatchedCall<?> child) {
        children.add(child);
        if (token.isCancelled() || hasEnded()) {
            child.cancel(CancelReason.PARENT);
        }
    }

    private synchronized boolean hasEnded() {
        return ended;
    }

    void release(WatchedCall<?> child) {
        children.remove(child);
    }

    /// The runs that it waits for, or has begun.
    List<Run<?, ?>> called() {
        return children.stream().<Run<?, ?>>map(WatchedCall::run).toList();
    }

    void own(OwnedProcess process) {
        processes.add(process);
        cleanups.add("process", true, process::close);
    }

    void signal() {
        signalNanos = time.nanoTime();
    }

    /// The age of its last signal, or of its start.
    long silentNanos(long nowNanos) {
        long signal = signalNanos;
        return nowNanos - (signal == Deadline.NEVER ? startNanos : signal);
    }

    /// When it last gave a sign of life; never if it has not.
    long signalNanos() {
        return signalNanos;
    }

    /// The moment by which it must have ended.
    long deadlineNanos() {
        return Deadline.nearer(
                run.deadlineNanos(), run.policy().limits().attempt().after(startNanos));
    }

    /// Who set that moment, as errors name it: this run, or one further up.
    String deadlineOwner() {
        String owner = run.policy().totalOwner();
        Body<?, ?> parent = run.parent();
        boolean above =
                parent != null
                        && owner.equals(parent.deadlineOwner())
                        && deadlineNanos() == run.deadlineNanos();
        return above ? owner : run.name();
    }

    /// Where it stands.
    List<StackTraceElement> stack() {
        Thread present;
        synchronized (this) {
            present = ended ? null : thread;
        }
        return present == null ? List.of() : List.of(present.getStackTrace());
    }

    int number() {
        return number;
    }

    Run<A, R> owner() {
        return run;
    }

    Context<A, R> context() {
        return context;
    }

    Token token() {
        return token;
    }

    Hooks soft() {
        return soft;
    }

    Bell nudge() {
        return nudge;
    }

    Cleanups cleanups() {
        return cleanups;
    }

    @Nullable R result() {
        return result;
    }

    @Nullable Throwable error() {
        return error;
    }
}
