package dev.ebbgate.core.exchange;

import dev.ebbgate.core.exchange.AttemptState.Awaiting;
import dev.ebbgate.core.exchange.AttemptState.Connecting;
import dev.ebbgate.core.exchange.AttemptState.Finishing;
import dev.ebbgate.core.exchange.AttemptState.Over;
import dev.ebbgate.core.exchange.AttemptState.Streaming;
import dev.ebbgate.core.exchange.UpstreamEvent.Broke;
import dev.ebbgate.core.exchange.UpstreamEvent.Signal;
import dev.ebbgate.core.failure.Failure;
import dev.ebbgate.core.health.Permit;
import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.limit.Fired;
import dev.ebbgate.core.limit.Phase;
import dev.ebbgate.core.limit.ResolvedLimit;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.limit.Timeouts;

import org.jspecify.annotations.Nullable;

/// One try at one target: which phase it is in, and which limit runs out when.
///
/// An event that has arrived is honoured, even if a limit ran out a moment before it: what is here
/// is not dead. Only [#wake] ends an attempt for lateness. Progress moves a time stamp and
/// allocates nothing.
public final class Attempt {

    private final int number;
    private final int target;
    private final Permit permit;
    private final Timeouts timeouts;
    private final Span afterFinish;
    private final long startNanos;
    private ResolvedLimit connect;
    private ResolvedLimit firstToken;
    private @Nullable Share share;
    private AttemptState state = AttemptState.CONNECTING;
    private long queuedNanos;
    private long usableNanos = Deadline.NEVER;
    private long headNanos = Deadline.NEVER;
    private long firstTokenNanos = Deadline.NEVER;
    private long lastByteNanos;
    private long lastTokenNanos;
    private long longestGapNanos;
    private long overNanos = Deadline.NEVER;
    private boolean suspended;
    private boolean hurried;

    /// An attempt that begins now.
    ///
    /// @param number counted from 1
    /// @param target the index of its target in the plan
    Attempt(
            int number,
            int target,
            Permit permit,
            Timeouts timeouts,
            Span afterFinish,
            long startNanos) {
        this.number = number;
        this.target = target;
        this.permit = permit;
        this.timeouts = timeouts;
        this.connect = timeouts.connect();
        this.firstToken = timeouts.firstToken();
        this.afterFinish = afterFinish;
        this.startNanos = startNanos;
        this.lastByteNanos = startNanos;
        this.lastTokenNanos = startNanos;
    }

    /// Notes how long its place at the provider was waited for before it began.
    void queued(long nanos) {
        queuedNanos = nanos;
    }

    /// Cuts what it may take until its first token, for others could answer in that time.
    ///
    /// @param patience takes the place of the limit `first-token`
    /// @param newShare null where the time is without end
    void hurry(ResolvedLimit patience, @Nullable Share newShare) {
        hurried = true;
        firstToken = patience;
        if (newShare != null) {
            share = newShare;
            connect = newShare.cut(connect, startNanos);
        }
    }

    /// Whether it waits for its first token, and not as long as it might.
    boolean isHurried() {
        return hurried && isSilent();
    }

    /// Lets it wait as long as it may after all: nobody else could answer.
    void relax() {
        hurried = false;
        share = null;
        connect = timeouts.connect();
        firstToken = timeouts.firstToken();
    }

    /// Takes what came from the provider.
    AttemptChange on(UpstreamEvent event, long nowNanos) {
        if (state instanceof Over) {
            return AttemptChange.NONE;
        }
        return switch (event) {
            case Signal signal -> onSignal(signal, nowNanos);
            case Broke(Failure failure) -> broke(failure, nowNanos);
        };
    }

    private AttemptChange onSignal(Signal signal, long nowNanos) {
        return switch (signal) {
            case CONNECTED -> connected(nowNanos);
            case BYTES_ARRIVED -> bytesArrived(nowNanos);
            case TOKEN_ARRIVED -> tokenArrived(nowNanos);
            case FINISHED -> finished(nowNanos);
            case DONE -> done(nowNanos);
            case ENDED -> broke(new Failure.Truncated(), nowNanos);
        };
    }

    private AttemptChange connected(long nowNanos) {
        if (state instanceof Connecting) {
            state = AttemptState.AWAITING;
            usableNanos = nowNanos;
            lastByteNanos = nowNanos;
            if (share != null) {
                firstToken = share.cut(firstToken, nowNanos);
            }
        }
        return AttemptChange.NONE;
    }

    private AttemptChange bytesArrived(long nowNanos) {
        if (hasSpoken()) {
            longestGapNanos = Math.max(longestGapNanos, nowNanos - lastByteNanos);
        } else if (headNanos == Deadline.NEVER) {
            headNanos = nowNanos;
        }
        lastByteNanos = nowNanos;
        return AttemptChange.NONE;
    }

    private AttemptChange tokenArrived(long nowNanos) {
        bytesArrived(nowNanos);
        lastTokenNanos = nowNanos;
        return switch (state) {
            case Connecting _, Awaiting _ -> firstToken(AttemptState.STREAMING, nowNanos);
            case Streaming _, Finishing _, Over _ -> AttemptChange.NONE;
        };
    }

    private AttemptChange finished(long nowNanos) {
        bytesArrived(nowNanos);
        lastTokenNanos = nowNanos;
        return switch (state) {
            case Connecting _, Awaiting _ -> firstToken(AttemptState.FINISHING, nowNanos);
            case Streaming _ -> {
                state = AttemptState.FINISHING;
                yield AttemptChange.NONE;
            }
            case Finishing _, Over _ -> AttemptChange.NONE;
        };
    }

    private AttemptChange firstToken(AttemptState next, long nowNanos) {
        state = next;
        firstTokenNanos = nowNanos;
        return AttemptChange.FIRST_TOKEN;
    }

    private AttemptChange done(long nowNanos) {
        return switch (state) {
            case Connecting _, Awaiting _ -> broke(new Failure.Truncated(), nowNanos);
            case Streaming _, Finishing _ -> over(new Outcome.Completed(false), nowNanos);
            case Over _ -> AttemptChange.NONE;
        };
    }

    private AttemptChange broke(Failure failure, long nowNanos) {
        return switch (state) {
            case Connecting _, Awaiting _, Streaming _ ->
                    over(new Outcome.Failed(failure), nowNanos);
            case Finishing _ -> over(new Outcome.Completed(true), nowNanos);
            case Over _ -> AttemptChange.NONE;
        };
    }

    /// Ends the attempt from outside: nobody waits for it any more, or a limit of the exchange
    /// fired. An answer that is complete but for its formal end stays complete.
    AttemptChange end(Outcome outcome, long nowNanos) {
        return switch (state) {
            case Connecting _, Awaiting _, Streaming _ -> over(outcome, nowNanos);
            case Finishing _ ->
                    outcome instanceof Outcome.TimedOut
                            ? over(new Outcome.Completed(true), nowNanos)
                            : over(outcome, nowNanos);
            case Over _ -> AttemptChange.NONE;
        };
    }

    /// The silence that ends here belongs to its waits, unless it was the client's.
    private AttemptChange over(Outcome outcome, long nowNanos) {
        if (state instanceof Streaming && !suspended) {
            longestGapNanos = Math.max(longestGapNanos, nowNanos - lastByteNanos);
        }
        state = new Over(outcome);
        overNanos = nowNanos;
        return AttemptChange.OVER;
    }

    /// The client does not drain: the provider's silence is no longer its own.
    void suspend() {
        suspended = true;
    }

    /// The client drains again: silence is counted afresh.
    void resume(long nowNanos) {
        suspended = false;
        lastByteNanos = nowNanos;
        lastTokenNanos = nowNanos;
    }

    /// When [#wake] is next worth calling; [Deadline#NEVER] if never.
    public long wakeAtNanos() {
        long attempt = timeouts.attempt().value().after(startNanos);
        return switch (state) {
            case Connecting _ -> Deadline.nearer(attempt, after(connect, startNanos));
            case Awaiting _ -> Deadline.nearer(attempt, after(firstToken, usableNanos));
            case Streaming _ -> suspended ? attempt : Deadline.nearer(attempt, silenceEnds());
            case Finishing _ ->
                    suspended
                            ? attempt
                            : Deadline.nearer(attempt, afterFinish.after(lastTokenNanos));
            case Over _ -> Deadline.NEVER;
        };
    }

    private long silenceEnds() {
        return Deadline.nearer(
                after(timeouts.streamIdle(), lastByteNanos),
                after(timeouts.noProgress(), lastTokenNanos));
    }

    private static long after(ResolvedLimit limit, long startNanos) {
        return limit.value().after(startNanos);
    }

    /// Looks at the clock: ends the attempt if a limit has run out, else does nothing.
    AttemptChange wake(long nowNanos) {
        if (!Deadline.due(wakeAtNanos(), nowNanos)) {
            return AttemptChange.NONE;
        }
        if (state instanceof Finishing) {
            return over(new Outcome.Completed(true), nowNanos);
        }
        Fired fired = fired(nowNanos);
        return fired == null ? AttemptChange.NONE : over(new Outcome.TimedOut(fired), nowNanos);
    }

    private @Nullable Fired fired(long nowNanos) {
        ResolvedLimit first = first();
        return first == null ? null : new Fired(first, phase(), nowNanos - since(first));
    }

    /// The limit that runs out next if nothing comes; null if none does.
    @Nullable NextLimit next() {
        if (state instanceof Finishing && !suspended) {
            return NextLimit.ofGateway("after-finish", afterFinish, lastTokenNanos);
        }
        boolean silenceCounts = !suspended || isSilent();
        ResolvedLimit first = silenceCounts ? first() : timeouts.attempt();
        return first == null || first.value().isOff()
                ? null
                : NextLimit.of(first, after(first, since(first)));
    }

    /// The limit that runs out first; the one that belongs to the phase where two run out together.
    private @Nullable ResolvedLimit first() {
        ResolvedLimit limit =
                switch (state) {
                    case Connecting _ -> connect;
                    case Awaiting _ -> firstToken;
                    case Streaming _ -> silence();
                    case Finishing _, Over _ -> null;
                };
        if (limit == null) {
            return null;
        }
        boolean counts = !suspended || !(state instanceof Streaming);
        long ofPhase = counts ? after(limit, since(limit)) : Deadline.NEVER;
        long ofAttempt = after(timeouts.attempt(), startNanos);
        return Deadline.nearer(ofPhase, ofAttempt) == ofPhase ? limit : timeouts.attempt();
    }

    private ResolvedLimit silence() {
        long idle = after(timeouts.streamIdle(), lastByteNanos);
        return Deadline.nearer(idle, after(timeouts.noProgress(), lastTokenNanos)) == idle
                ? timeouts.streamIdle()
                : timeouts.noProgress();
    }

    private long since(ResolvedLimit limit) {
        return switch (limit.limit()) {
            case CONNECT, ATTEMPT, REQUEST -> startNanos;
            case FIRST_TOKEN -> usableNanos;
            case STREAM_IDLE -> lastByteNanos;
            case NO_PROGRESS -> lastTokenNanos;
        };
    }

    /// Whether it waits for its first token.
    boolean isSilent() {
        return state instanceof Connecting || state instanceof Awaiting;
    }

    /// Whether its first token has come.
    boolean hasSpoken() {
        return firstTokenNanos != Deadline.NEVER;
    }

    long startNanos() {
        return startNanos;
    }

    /// Its leave to be made.
    Permit permit() {
        return permit;
    }

    /// Counted from 1, over all targets of its exchange.
    public int number() {
        return number;
    }

    /// The index of its target in the plan.
    public int target() {
        return target;
    }

    /// How it came out, or null while it is not over.
    public @Nullable Outcome outcome() {
        return state instanceof Over(Outcome outcome) ? outcome : null;
    }

    /// The phase it is in, or was in when it ended.
    public Phase phase() {
        if (outcome() instanceof Outcome.Failed(Failure.Crowded _)) {
            return Phase.QUEUE;
        }
        if (state instanceof Finishing || outcome() instanceof Outcome.Completed) {
            return Phase.FINISH;
        }
        if (hasSpoken()) {
            return Phase.STREAM;
        }
        return usableNanos != Deadline.NEVER ? Phase.FIRST_TOKEN : Phase.CONNECT;
    }

    /// When each of its waits ended.
    public Waits waits() {
        return new Waits(
                queuedNanos,
                startNanos,
                usableNanos,
                headNanos,
                firstTokenNanos,
                longestGapNanos,
                overNanos);
    }
}
