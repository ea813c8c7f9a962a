package dev.ebbgate.core.exchange;

import dev.ebbgate.core.exchange.Command.Fail;
import dev.ebbgate.core.exchange.Command.Plain;
import dev.ebbgate.core.exchange.ExchangeEvent.Cancelled;
import dev.ebbgate.core.exchange.ExchangeEvent.Clock;
import dev.ebbgate.core.exchange.ExchangeEvent.Continuable;
import dev.ebbgate.core.exchange.ExchangeEvent.Downstream;
import dev.ebbgate.core.exchange.ExchangeEvent.Held;
import dev.ebbgate.core.exchange.ExchangeEvent.Queue;
import dev.ebbgate.core.health.Sign;
import dev.ebbgate.core.health.Standing;
import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.limit.Fired;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.DoubleSupplier;

/// One client request with everything done to answer it: which attempt is under way, what the
/// client has been told, and what ends it.
///
/// The outcome is decided once. After it nothing is forwarded; what remains is to deliver what was
/// written, for which the client has `limits.client-stall` from its last sign of reading, and to
/// close. The limit `request` no longer holds then: it would sever the error it has just caused.
///
/// Until something real has reached the client, an attempt that failed can be followed by another.
/// From then on only by one that goes on with what was sent, under `mid-stream: continue` and where
/// nothing stands in the way. While nobody has gone on, the failure that broke the answer is how it
/// came out, whatever befell those who were to go on.
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
    private final ClientSide client;
    private boolean begun;
    private boolean committed;
    private @Nullable String obstacle = "nothing has been sent yet";
    private @Nullable Attempt broken;

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
        this.client = new ClientSide(policy, startNanos);
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
            case Continuable(String newObstacle) -> {
                obstacle = newObstacle;
                yield NOTHING;
            }
            case Cancelled(Outcome.Cancelled outcome) -> cancel(outcome, nowNanos);
        };
    }

    private List<Command> onDownstream(Downstream event, long nowNanos) {
        switch (event) {
            case SENT -> client.sent(nowNanos);
            case FILLED -> filled(nowNanos);
            case TAKEN -> client.taken(nowNanos);
            case DRAINED -> drained(nowNanos);
            case DELIVERED -> delivered();
            case GONE -> {
                return gone(nowNanos);
            }
        }
        return NOTHING;
    }

    private void filled(long nowNanos) {
        if (!client.isFilled()) {
            client.owes(nowNanos);
            chain.attempts().suspend();
        }
    }

    private void drained(long nowNanos) {
        if (client.isFilled()) {
            client.drained(!(state instanceof Open), nowNanos);
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

    private List<Command> cancel(Outcome outcome, long nowNanos) {
        return state instanceof Open ? settle(chain.end(outcome, nowNanos), nowNanos) : NOTHING;
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
        broken = null;
        List<Command> superseded = chain.supersede(attempt, nowNanos);
        return policy.holds() || committed ? superseded : Commands.joined(superseded, commit());
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
    /// client, or one that goes on from there.
    private List<Command> over(Attempt attempt, long nowNanos) {
        chain.attempts().close(attempt, nowNanos);
        if (outcomeOf(attempt) instanceof Outcome.Completed completed) {
            List<Command> superseded = chain.supersede(attempt, nowNanos);
            return Commands.joined(superseded, settle(completed, nowNanos));
        }
        if (committed) {
            return orSettle(sequel(attempt, nowNanos), nowNanos);
        }
        begun = false;
        return orSettle(chain.after(attempt, nowNanos), nowNanos);
    }

    private @Nullable List<Command> sequel(Attempt failed, long nowNanos) {
        if (broken == null) {
            broken = failed;
        }
        return policy.continues() && obstacle == null ? chain.sequel(failed, nowNanos) : null;
    }

    /// What the chain says is next; where it says nothing, how it came out is how all came out.
    private List<Command> orSettle(@Nullable List<Command> next, long nowNanos) {
        if (next == null) {
            return settle(chain.outcome(), nowNanos);
        }
        if (client.isFilled()) {
            chain.attempts().suspend();
        }
        return next;
    }

    /// What follows when the outcome is decided. From now on the client owes its reading.
    private List<Command> settle(Outcome last, long nowNanos) {
        Outcome outcome = blamed(last);
        state = new Delivering(outcome);
        client.owes(nowNanos);
        if (outcome instanceof Outcome.Completed) {
            return Commands.joined(chain.attempts().abortHedge(), completed());
        }
        boolean unread =
                outcome instanceof Outcome.Cancelled(CancelReason reason, _)
                        && reason == CancelReason.CLIENT_STALLED;
        List<Command> end = List.of(unread ? Plain.DROP : new Fail(outcome));
        return Commands.joined(chain.attempts().abortAll(), end);
    }

    private Outcome blamed(Outcome last) {
        return broken == null || last instanceof Outcome.Cancelled ? last : outcomeOf(broken);
    }

    private List<Command> completed() {
        if (committed || !policy.streamed()) {
            return List.of(Plain.COMPLETE);
        }
        committed = true;
        return List.of(Plain.COMMIT, Plain.COMPLETE);
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
                            client.keepAliveAtNanos());
            case Delivering _ -> client.stallEndsNanos();
            case Over _ -> Deadline.NEVER;
        };
    }

    /// The limit that runs out next unless something comes before; null if none does.
    public @Nullable NextLimit next() {
        NextLimit stall = client.stall();
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
        return Deadline.nearer(requestEnds(), client.stallEndsNanos());
    }

    private long requestEnds() {
        return policy.request().value().after(startNanos);
    }

    private List<Command> wake(long nowNanos) {
        return switch (state) {
            case Open _ -> wakeOpen(nowNanos);
            case Delivering(Outcome outcome) -> {
                if (!Deadline.due(client.stallEndsNanos(), nowNanos)) {
                    yield NOTHING;
                }
                state = new Over(outcome);
                yield List.of(Plain.DROP);
            }
            case Over _ -> NOTHING;
        };
    }

    private List<Command> wakeOpen(long nowNanos) {
        if (Deadline.due(client.stallEndsNanos(), nowNanos)) {
            return cancel(client.stalled(chain.phase(), nowNanos), nowNanos);
        }
        chain.reconsider(nowNanos);
        List<Command> commands = expired(nowNanos);
        if (state instanceof Open) {
            commands = Commands.joined(commands, orSettle(chain.resume(nowNanos), nowNanos));
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
                return Commands.joined(commands, settle(outcome, nowNanos));
            }
            Attempt expired = chain.attempts().expire(nowNanos);
            if (expired == null) {
                return commands;
            }
            commands = Commands.joined(commands, over(expired, nowNanos));
        }
        return commands;
    }

    /// These commands with a sign of life for the client, if one is due.
    private List<Command> kept(List<Command> commands, long nowNanos) {
        return Deadline.due(client.keepAliveAtNanos(), nowNanos)
                ? Commands.joined(commands, List.of(client.sign()))
                : commands;
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

    /// Whether the first real content has left for the client: from then on another target can at
    /// most go on with it.
    public boolean committed() {
        return committed;
    }

    /// The attempt whose answer broke off in the client's hands, with none that has gone on with
    /// it; else null.
    public @Nullable Attempt broken() {
        return broken;
    }

    /// Why nobody could go on with the answer; null where nothing stands in the way.
    public @Nullable String obstacle() {
        return obstacle;
    }

    /// How it came out, or null while that is open.
    public @Nullable Outcome outcome() {
        return switch (state) {
            case Open _ -> null;
            case Delivering(Outcome outcome) -> outcome;
            case Over(Outcome outcome) -> outcome;
        };
    }

    public Position position() {
        return chain.position();
    }
}
