package dev.ebbgate.core.exchange;

import dev.ebbgate.core.exchange.Command.Abort;
import dev.ebbgate.core.exchange.Command.Fail;
import dev.ebbgate.core.exchange.Command.Plain;
import dev.ebbgate.core.exchange.ExchangeEvent.Cancelled;
import dev.ebbgate.core.exchange.ExchangeEvent.Clock;
import dev.ebbgate.core.exchange.ExchangeEvent.Downstream;
import dev.ebbgate.core.exchange.ExchangeEvent.Held;
import dev.ebbgate.core.exchange.ExchangeEvent.Queue;
import dev.ebbgate.core.health.Sign;
import dev.ebbgate.core.health.Standing;
import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.limit.Fired;
import dev.ebbgate.core.limit.Phase;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/// One client request with everything done to answer it: which attempt is under way, what the
/// client has been told, and what ends it.
///
/// The outcome is decided once. After it nothing is forwarded; what remains is to deliver what was
/// written, for which the client has `limits.client-stall` from its last sign of reading, and to
/// close. Until something real has reached the client, an attempt that failed can be followed by
/// another. The limit `request` no longer holds then: it would sever the error it has just caused.
public final class Exchange {

    /// Where an exchange stands.
    public sealed interface State {}

    /// An attempt is under way, or will be in a moment.
    public record Open() implements State {}

    /// The outcome is decided; the last bytes are on their way to the client.
    public record Delivering(Outcome outcome) implements State {}

    /// Nothing is left to do.
    public record Over(Outcome outcome) implements State {}

    private static final List<Command> NOTHING = List.of();
    private static final State OPEN = new Open();

    private final ExchangePolicy policy;
    private final long startNanos;
    private final long begunNanos;
    private final Chain chain;
    private State state = OPEN;
    private boolean headSent;
    private boolean begun;
    private boolean committed;
    private long lastSentNanos;
    private long filledNanos = Deadline.NEVER;

    /// An exchange whose request arrived at `startNanos` and which begins at `nowNanos`; [#begin]
    /// says what to do first.
    ///
    /// @param standing whom it may ask
    /// @param random uniform in `[0, 1)`; it spreads the waits between attempts
    public Exchange(
            ExchangePolicy policy,
            Standing standing,
            DoubleSupplier random,
            long startNanos,
            long nowNanos) {
        this.policy = policy;
        this.startNanos = startNanos;
        this.lastSentNanos = startNanos;
        this.begunNanos = nowNanos;
        this.chain = new Chain(policy, standing, random, requestEnds());
    }

    /// The first commands.
    public List<Command> begin() {
        return orSettle(chain.begin(begunNanos), begunNanos);
    }

    /// Takes what came from the provider in one attempt; what comes from an attempt that is no
    /// longer under way is nothing.
    public List<Command> on(int number, UpstreamEvent event, long nowNanos) {
        Attempt attempt = state instanceof Open ? chain.underWay(number) : null;
        if (attempt == null) {
            return NOTHING;
        }
        return switch (attempt.on(event, nowNanos)) {
            case NONE -> NOTHING;
            case FIRST_TOKEN -> firstToken(attempt, nowNanos);
            case OVER -> over(attempt, nowNanos);
        };
    }

    /// Takes what concerns the exchange as a whole.
    public List<Command> on(ExchangeEvent event, long nowNanos) {
        return switch (event) {
            case Downstream downstream -> onDownstream(downstream, nowNanos);
            case Clock _ -> wake(nowNanos);
            case Queue _ -> turn(nowNanos);
            case Held _ -> full();
            case Cancelled(CancelReason reason) -> cancel(reason, nowNanos);
        };
    }

    private List<Command> onDownstream(Downstream event, long nowNanos) {
        switch (event) {
            case SENT -> {
                lastSentNanos = nowNanos;
                headSent = true;
            }
            case FILLED -> filled(nowNanos);
            case DRAINED -> drained(nowNanos);
            case DELIVERED -> delivered();
            case GONE -> {
                return gone(nowNanos);
            }
        }
        return NOTHING;
    }

    private void filled(long nowNanos) {
        if (filledNanos == Deadline.NEVER) {
            filledNanos = nowNanos;
            suspend();
        }
    }

    private void drained(long nowNanos) {
        if (filledNanos != Deadline.NEVER) {
            filledNanos = state instanceof Open ? Deadline.NEVER : nowNanos;
            lastSentNanos = nowNanos;
            Attempt latest = chain.latest();
            if (latest != null) {
                latest.resume(nowNanos);
            }
        }
    }

    private void delivered() {
        if (state instanceof Delivering(Outcome outcome)) {
            state = new Over(outcome);
        }
    }

    private List<Command> gone(long nowNanos) {
        return switch (state) {
            case Open _ -> {
                Outcome outcome = new Outcome.Cancelled(CancelReason.CLIENT_GONE);
                chain.end(outcome, nowNanos);
                state = new Over(outcome);
                yield abort();
            }
            case Delivering(Outcome outcome) -> {
                state = new Over(outcome);
                yield NOTHING;
            }
            case Over _ -> NOTHING;
        };
    }

    private List<Command> cancel(CancelReason reason, long nowNanos) {
        return state instanceof Open
                ? settle(chain.end(new Outcome.Cancelled(reason), nowNanos), nowNanos)
                : NOTHING;
    }

    private List<Command> turn(long nowNanos) {
        return state instanceof Open ? orSettle(chain.turn(nowNanos), nowNanos) : NOTHING;
    }

    private List<Command> firstToken(Attempt attempt, long nowNanos) {
        if (!policy.streamed()) {
            return NOTHING;
        }
        attempt.permit().report(Sign.Plain.SUCCEEDED, nowNanos);
        begun = true;
        return policy.holds() ? NOTHING : commit();
    }

    private List<Command> commit() {
        committed = true;
        return List.of(Plain.COMMIT);
    }

    /// No more can be held: what is there goes out, and from now on a failure is told.
    private List<Command> full() {
        return state instanceof Open && begun && !committed ? commit() : NOTHING;
    }

    /// What follows when an attempt is over: another one, while nothing of it has reached the
    /// client.
    private List<Command> over(Attempt attempt, long nowNanos) {
        chain.close(attempt, nowNanos);
        Outcome outcome = outcomeOf(attempt);
        boolean mayFollow = !committed && !(outcome instanceof Outcome.Completed);
        return orSettle(mayFollow ? chain.after(attempt, nowNanos) : null, nowNanos);
    }

    /// What the chain says is next; where it says nothing, how it came out is how all came out.
    private List<Command> orSettle(@Nullable List<Command> next, long nowNanos) {
        if (next == null) {
            return settle(chain.outcome(), nowNanos);
        }
        if (filledNanos != Deadline.NEVER) {
            suspend();
        }
        return next;
    }

    private void suspend() {
        Attempt latest = chain.latest();
        if (latest != null) {
            latest.suspend();
        }
    }

    /// What follows when the outcome is decided. From now on the client owes its reading.
    private List<Command> settle(Outcome outcome, long nowNanos) {
        state = new Delivering(outcome);
        filledNanos = nowNanos;
        if (outcome instanceof Outcome.Completed) {
            return policy.streamed() && !committed ? released() : List.of(Plain.COMPLETE);
        }
        boolean unread = outcome.equals(new Outcome.Cancelled(CancelReason.CLIENT_STALLED));
        List<Command> all = new ArrayList<>(abort());
        all.add(unread ? Plain.DROP : new Fail(outcome));
        return all;
    }

    private List<Command> released() {
        committed = true;
        return List.of(Plain.COMMIT, Plain.COMPLETE);
    }

    private List<Command> abort() {
        Attempt latest = chain.latest();
        return latest == null ? NOTHING : List.of(new Abort(latest.number()));
    }

    private static Outcome outcomeOf(Attempt attempt) {
        Outcome outcome = attempt.outcome();
        if (outcome == null) {
            throw new IllegalStateException("the attempt is still under way");
        }
        return outcome;
    }

    /// When [Clock#WOKEN] is next worth telling; [Deadline#NEVER] if never.
    public long wakeAtNanos() {
        return switch (state) {
            case Open _ ->
                    Deadline.nearer(
                            Deadline.nearer(chain.wakeAtNanos(), exchangeEnds()),
                            keepAliveAtNanos());
            case Delivering _ -> stallEnds();
            case Over _ -> Deadline.NEVER;
        };
    }

    private long exchangeEnds() {
        return Deadline.nearer(requestEnds(), stallEnds());
    }

    private long requestEnds() {
        return policy.request().value().after(startNanos);
    }

    private long stallEnds() {
        return filledNanos == Deadline.NEVER
                ? Deadline.NEVER
                : policy.clientStall().after(filledNanos);
    }

    private long keepAliveAtNanos() {
        if (!policy.streamed() || filledNanos != Deadline.NEVER) {
            return Deadline.NEVER;
        }
        return headSent
                ? policy.keepAliveEvery().after(lastSentNanos)
                : policy.keepAliveAfter().after(startNanos);
    }

    private List<Command> wake(long nowNanos) {
        return switch (state) {
            case Open _ -> wakeOpen(nowNanos);
            case Delivering(Outcome outcome) -> {
                if (!Deadline.due(stallEnds(), nowNanos)) {
                    yield NOTHING;
                }
                state = new Over(outcome);
                yield List.of(Plain.DROP);
            }
            case Over _ -> NOTHING;
        };
    }

    private List<Command> wakeOpen(long nowNanos) {
        if (Deadline.due(stallEnds(), nowNanos)) {
            return cancel(CancelReason.CLIENT_STALLED, nowNanos);
        }
        chain.reconsider(nowNanos);
        if (Deadline.due(requestEnds(), nowNanos) && !chain.endsBefore(requestEnds())) {
            Fired fired = new Fired(policy.request(), chain.phase(), nowNanos - startNanos);
            return settle(chain.end(new Outcome.TimedOut(fired), nowNanos), nowNanos);
        }
        Attempt expired = chain.expire(nowNanos);
        List<Command> commands =
                expired == null
                        ? orSettle(chain.resume(nowNanos), nowNanos)
                        : over(expired, nowNanos);
        return state instanceof Open ? kept(commands, nowNanos) : commands;
    }

    /// These commands with a sign of life for the client, if one is due.
    private List<Command> kept(List<Command> commands, long nowNanos) {
        if (!Deadline.due(keepAliveAtNanos(), nowNanos)) {
            return commands;
        }
        Plain sign = headSent ? Plain.SEND_KEEP_ALIVE : Plain.SEND_HEAD;
        if (commands.isEmpty()) {
            return List.of(sign);
        }
        List<Command> all = new ArrayList<>(commands);
        all.add(sign);
        return all;
    }

    public State state() {
        return state;
    }

    /// All attempts so far, in the order in which they began.
    public List<Attempt> attempts() {
        return chain.all();
    }

    /// How many targets have not been asked.
    public int untried() {
        return chain.untried();
    }

    /// Whether the first real content has left for the client: from then on no other target is
    /// tried.
    public boolean committed() {
        return committed;
    }

    /// How it came out, or null while that is open.
    public @Nullable Outcome outcome() {
        return switch (state) {
            case Open _ -> null;
            case Delivering(Outcome outcome) -> outcome;
            case Over(Outcome outcome) -> outcome;
        };
    }

    public Phase phase() {
        return chain.phase();
    }
}
