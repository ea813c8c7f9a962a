package dev.ebbgate.core.exchange;

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
        Attempt attempt = state instanceof Open ? chain.attempts().find(number) : null;
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
            chain.attempts().suspend();
        }
    }

    private void drained(long nowNanos) {
        if (filledNanos != Deadline.NEVER) {
            filledNanos = state instanceof Open ? Deadline.NEVER : nowNanos;
            lastSentNanos = nowNanos;
            chain.attempts().resume(nowNanos);
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
                yield chain.attempts().abortAll();
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

    /// Whoever speaks first is listened to; a whole answer counts when it is whole.
    private List<Command> firstToken(Attempt attempt, long nowNanos) {
        if (!policy.streamed()) {
            return NOTHING;
        }
        attempt.permit().report(Sign.Plain.SUCCEEDED, nowNanos);
        begun = true;
        List<Command> superseded = chain.supersede(attempt, nowNanos);
        return policy.holds() ? superseded : joined(superseded, commit());
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
        chain.attempts().close(attempt, nowNanos);
        if (outcomeOf(attempt) instanceof Outcome.Completed completed) {
            List<Command> superseded = chain.supersede(attempt, nowNanos);
            return joined(superseded, settle(completed, nowNanos));
        }
        if (committed) {
            return settle(outcomeOf(attempt), nowNanos);
        }
        begun = false;
        return orSettle(chain.after(attempt, nowNanos), nowNanos);
    }

    /// What the chain says is next; where it says nothing, how it came out is how all came out.
    private List<Command> orSettle(@Nullable List<Command> next, long nowNanos) {
        if (next == null) {
            return settle(chain.outcome(), nowNanos);
        }
        if (filledNanos != Deadline.NEVER) {
            chain.attempts().suspend();
        }
        return next;
    }

    /// What follows when the outcome is decided. From now on the client owes its reading.
    private List<Command> settle(Outcome outcome, long nowNanos) {
        state = new Delivering(outcome);
        filledNanos = nowNanos;
        if (outcome instanceof Outcome.Completed) {
            return joined(chain.attempts().abortHedge(), completed());
        }
        boolean unread = outcome.equals(new Outcome.Cancelled(CancelReason.CLIENT_STALLED));
        List<Command> all = new ArrayList<>(chain.attempts().abortAll());
        all.add(unread ? Plain.DROP : new Fail(outcome));
        return all;
    }

    private List<Command> completed() {
        if (committed || !policy.streamed()) {
            return List.of(Plain.COMPLETE);
        }
        committed = true;
        return List.of(Plain.COMMIT, Plain.COMPLETE);
    }

    private static List<Command> joined(List<Command> first, List<Command> second) {
        if (first.isEmpty() || second.isEmpty()) {
            return first.isEmpty() ? second : first;
        }
        List<Command> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
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

    /// The limit that runs out next unless something comes before; null if none does.
    public @Nullable NextLimit next() {
        NextLimit stall =
                filledNanos == Deadline.NEVER
                        ? null
                        : NextLimit.ofGateway("client-stall", policy.clientStall(), filledNanos);
        return switch (state) {
            case Open _ -> NextLimit.nearer(NextLimit.nearer(chain.next(), request()), stall);
            case Delivering _ -> stall;
            case Over _ -> null;
        };
    }

    private @Nullable NextLimit request() {
        long ends = requestEnds();
        return ends == Deadline.NEVER ? null : NextLimit.of(policy.request(), ends);
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
        List<Command> commands = expired(nowNanos);
        if (state instanceof Open) {
            commands = joined(commands, orSettle(chain.resume(nowNanos), nowNanos));
        }
        return state instanceof Open ? kept(commands, nowNanos) : commands;
    }

    /// What follows when limits have run out: two attempts may be under way, and what follows the
    /// end of one may be the end of all.
    private List<Command> expired(long nowNanos) {
        List<Command> commands = NOTHING;
        while (state instanceof Open) {
            if (Deadline.due(requestEnds(), nowNanos) && !chain.endsBefore(requestEnds())) {
                Fired fired = new Fired(policy.request(), chain.phase(), nowNanos - startNanos);
                Outcome outcome = chain.end(new Outcome.TimedOut(fired), nowNanos);
                return joined(commands, settle(outcome, nowNanos));
            }
            Attempt expired = chain.attempts().expire(nowNanos);
            if (expired == null) {
                return commands;
            }
            commands = joined(commands, over(expired, nowNanos));
        }
        return commands;
    }

    /// These commands with a sign of life for the client, if one is due.
    private List<Command> kept(List<Command> commands, long nowNanos) {
        if (!Deadline.due(keepAliveAtNanos(), nowNanos)) {
            return commands;
        }
        Plain sign = headSent ? Plain.SEND_KEEP_ALIVE : Plain.SEND_HEAD;
        return joined(commands, List.of(sign));
    }

    public State state() {
        return state;
    }

    /// All attempts so far, in the order in which they began.
    public List<Attempt> attempts() {
        return chain.attempts().all();
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
