package dev.ebbgate.gateway.loop;

import dev.ebbgate.core.exchange.Attempt;
import dev.ebbgate.core.exchange.CancelReason;
import dev.ebbgate.core.exchange.Command;
import dev.ebbgate.core.exchange.Command.Abort;
import dev.ebbgate.core.exchange.Command.Enqueue;
import dev.ebbgate.core.exchange.Command.Fail;
import dev.ebbgate.core.exchange.Command.Plain;
import dev.ebbgate.core.exchange.Command.Start;
import dev.ebbgate.core.exchange.Exchange;
import dev.ebbgate.core.exchange.ExchangeEvent;
import dev.ebbgate.core.exchange.ExchangeEvent.Clock;
import dev.ebbgate.core.exchange.ExchangeEvent.Continuable;
import dev.ebbgate.core.exchange.ExchangeEvent.Downstream;
import dev.ebbgate.core.exchange.NextLimit;
import dev.ebbgate.core.exchange.Outcome;
import dev.ebbgate.core.exchange.Position;
import dev.ebbgate.core.exchange.UpstreamEvent;
import dev.ebbgate.core.exchange.UpstreamEvent.Broke;
import dev.ebbgate.core.failure.Failure;
import dev.ebbgate.core.health.Ticket;
import dev.ebbgate.core.ledger.Entry;
import dev.ebbgate.core.limit.Fired;
import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.resolve.Target;
import dev.ebbgate.dialects.Ending;
import dev.ebbgate.gateway.desk.Collector;
import dev.ebbgate.gateway.desk.Plan;
import dev.ebbgate.gateway.downstream.ClientAnswer;
import dev.ebbgate.gateway.wire.ForwardedHeaders;
import dev.ebbgate.gateway.wire.Wire;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/// One exchange under way: carries events from both sides to the machine, and its commands to both
/// sides. Confined to one event loop; the upstream's and the client's bytes never change threads.
public final class Drive {

    private static final byte[] NOTHING = {};

    private final Surroundings here;
    private final Arrival arrival;
    private final Plan plan;
    private final ClientAnswer client;
    private final Exchange exchange;
    private final Alarm alarm;
    private final Consumer<Drive> whenOver;
    private final Telling telling;
    private final Heard heard = new Heard();
    private final int maxEvent;
    private Trial trial;
    private @Nullable Trial hedge;
    private List<Trial> earlier = List.of();
    private @Nullable Story story;
    private int attempts;
    private long nowNanos;
    private boolean filled;
    private boolean earlyHead;
    private boolean errorInside;
    private boolean over;

    /// An exchange that was admitted; [#start] begins it.
    ///
    /// @param whenOver called once, when nothing is left to do; with this drive
    public Drive(
            Surroundings here,
            Arrival arrival,
            Plan plan,
            ClientAnswer client,
            Consumer<Drive> whenOver) {
        this.here = here;
        this.arrival = arrival;
        this.plan = plan;
        this.client = client;
        this.whenOver = whenOver;
        this.nowNanos = System.nanoTime();
        this.exchange =
                new Exchange(
                        plan.policy(), plan.standing(), Drive::random, arrival.atNanos(), nowNanos);
        this.alarm = new Alarm(here.timers(), this::ring);
        this.maxEvent = (int) here.config().limits().sizes().event().value().bytes();
        this.trial = new Trial(this, plan, plan.targets().getFirst(), 1);
        this.telling = new Telling(arrival.exchange(), plan, client);
    }

    private static double random() {
        return ThreadLocalRandom.current().nextDouble();
    }

    /// Begins the first attempt.
    public void start() {
        client.listen(this::downstream);
        try {
            follow(exchange.begin());
        } catch (RuntimeException e) {
            defect(e);
        }
    }

    /// Ends the exchange, telling the client why.
    public void cancel(CancelReason reason) {
        hear(new ExchangeEvent.Cancelled(here.cancelled(reason, exchange.position().phase())));
    }

    /// Leaves a client that does not take the end of its exchange.
    public void abandon() {
        if (exchange.outcome() != null) {
            client.drop();
            hear(Downstream.GONE);
        }
    }

    /// The exchange's id.
    public String id() {
        return arrival.exchange();
    }

    /// How it stands now; null if it is over.
    public @Nullable InFlight look() {
        if (exchange.state() instanceof Exchange.Over) {
            return null;
        }
        long now = System.nanoTime();
        Position at = exchange.position();
        NextLimit next = here.next(exchange);
        return new InFlight(
                arrival.exchange(),
                plan.asked(),
                arrival.client(),
                new InFlight.At(
                        plan.targets().get(at.target()).id(),
                        at,
                        plan.targets().size(),
                        exchange.state() instanceof Exchange.Open ? "open" : "delivering",
                        exchange.committed(),
                        client.chunks(),
                        client.bytes()),
                now - arrival.atNanos(),
                next,
                next == null ? Long.MAX_VALUE : next.atNanos() - now);
    }

    private void ring() {
        if (client.hasTaken()) {
            hear(Downstream.TAKEN); // slow, not stalled
        }
        hear(Clock.WOKEN);
    }

    private void downstream(Downstream event) {
        hear(event);
        switch (event) {
            case FILLED -> {
                filled = true;
                trial.pause();
                if (hedge != null) {
                    hedge.pause();
                }
            }
            case DRAINED -> {
                filled = false;
                trial.resume();
                if (hedge != null) {
                    hedge.resume();
                }
            }
            case SENT, TAKEN, DELIVERED, GONE -> {}
        }
    }

    private void hear(ExchangeEvent event) {
        nowNanos = System.nanoTime();
        try {
            follow(exchange.on(event, nowNanos));
        } catch (RuntimeException e) {
            defect(e);
        }
    }

    /// The moment of what is now told.
    void tick() {
        nowNanos = System.nanoTime();
    }

    /// Tells the machine what came in one attempt.
    void hear(int number, UpstreamEvent event) {
        carryOut(exchange.on(number, event, nowNanos));
    }

    /// What should not happen ends this exchange and no other. Where not even that can be told, the
    /// client is dropped.
    void defect(RuntimeException e) {
        Defects.log(arrival.exchange(), e);
        try {
            if (hedge != null) {
                broke(hedge);
            }
            broke(trial);
        } catch (RuntimeException _) {
            client.drop();
        }
    }

    private void broke(Trial broken) {
        broken.abort();
        follow(exchange.on(broken.number(), new Broke(new Failure.Defect()), nowNanos));
    }

    /// Whether the outcome is still open.
    boolean open() {
        return exchange.outcome() == null;
    }

    boolean committed() {
        return exchange.committed();
    }

    void full() {
        carryOut(exchange.on(ExchangeEvent.Held.FULL, nowNanos));
    }

    ClientAnswer client() {
        return client;
    }

    int maxEvent() {
        return maxEvent;
    }

    Collector collector(long most, long declared) {
        return new Collector(here.room(), most, declared);
    }

    Ballast ballast() {
        return new Ballast(here.room(), maxEvent);
    }

    private void follow(List<Command> commands) {
        carryOut(commands);
        settle();
    }

    /// After every event: sets the alarm anew, or closes the books.
    void settle() {
        if (exchange.state() instanceof Exchange.Over) {
            close();
        } else {
            alarm.set(exchange.wakeAtNanos(), nowNanos);
        }
    }

    private void carryOut(List<Command> commands) {
        // By index: an iterator would be made for every event of a stream.
        for (int i = 0; i < commands.size(); i++) {
            switch (commands.get(i)) {
                case Start(int number, int target, int key) -> begin(number, target, key);
                case Enqueue(Ticket ticket) -> ticket.whenTurn(this::turn);
                case Abort(int number) -> abort(number);
                case Fail(Outcome outcome) -> {
                    errorInside = client.headSent();
                    Attempt broken = exchange.broken();
                    Trial told = broken == null ? trial : find(broken);
                    telling.failure(outcome, exchange, told, nowNanos - arrival.atNanos());
                }
                case Plain plain -> carryOut(plain);
            }
        }
    }

    private void carryOut(Plain plain) {
        switch (plain) {
            case SEND_HEAD -> sendHead();
            case SEND_KEEP_ALIVE -> {
                byte[] frame = Ending.keepAlive(plan.operation().dialect());
                client.send(frame, 0, frame.length, 0);
            }
            case COMMIT -> commit();
            case COMPLETE -> complete();
            case DROP -> client.drop();
        }
    }

    private void begin(int number, int index, int key) {
        Target target = plan.targets().get(index);
        attempts = number;
        Trial begun = trial(number, index);
        Buffer body = body(begun);
        if (body == null) {
            Failure noRoom = new Failure.NoRoom("limits.buffered");
            carryOut(exchange.on(number, new Broke(noRoom), nowNanos));
            return;
        }
        Consumer<MultiMap> headers =
                ForwardedHeaders.toProvider(
                        arrival.headers(), target.provider(), here.config().auth(), key);
        Wire.Question question =
                new Wire.Question(
                        target,
                        plan.operation(),
                        arrival.query(),
                        ForwardedHeaders.traced(headers, arrival.client().trace(), number),
                        body,
                        plan.policy().targets().get(index).connect().value());
        begun.calling(here.wire().call(question, begun));
        if (filled) {
            begun.pause();
        }
    }

    /// What the target is asked: to answer, or to go on with what has been told; null if there is
    /// no room for that.
    private @Nullable Buffer body(Trial begun) {
        Buffer body = plan.bodyFor(begun.target());
        if (story == null) {
            return body;
        }
        begun.goingOnWith(story);
        byte[] prefilled = story.prefilled(body.getBytes());
        return prefilled == null ? null : Buffer.buffer(prefilled);
    }

    /// The trial of an attempt that begins; beside the one that is under way, it is its hedge.
    private Trial trial(int number, int index) {
        if (number == trial.number() && index == 0) {
            return trial;
        }
        Trial begun = new Trial(this, plan, plan.targets().get(index), number);
        if (trial.isUnderWay()) {
            hedge = begun;
        } else {
            trial = begun;
        }
        return begun;
    }

    /// Closes one of those under way; the other is then the one.
    private void abort(int number) {
        Trial other = hedge;
        if (other == null) {
            if (number == trial.number()) {
                close(trial);
            }
        } else if (number == other.number()) {
            hedge = null;
            close(other);
        } else if (number == trial.number()) {
            Trial first = trial;
            trial = other;
            hedge = null;
            close(first);
        }
    }

    private void close(Trial ended) {
        ended.abort();
        heard.keep(ended);
        ended.discard();
        earlier = with(earlier, ended);
        rememberIfSlow(ended);
    }

    /// Most exchanges have but one.
    private static List<Trial> with(List<Trial> trials, Trial another) {
        List<Trial> all = new ArrayList<>(trials);
        all.add(another);
        return all;
    }

    /// The trial of this attempt, also where it is over.
    private Trial find(Attempt attempt) {
        for (Trial over : earlier) {
            if (over.number() == attempt.number()) {
                return over;
            }
        }
        return trial;
    }

    /// Clients repeat at once what was too slow.
    private void rememberIfSlow(Trial ended) {
        if (plan.targets().size() > 1
                && exchange.attempts().get(ended.number() - 1).outcome()
                        instanceof Outcome.TimedOut(Fired fired)
                && fired.limit().limit() == Limit.FIRST_TOKEN) {
            byte[] body = plan.body().getBytes();
            plan.repetition().memory().remember(body, ended.target().id(), nowNanos);
        }
    }

    /// Called on whichever thread gives a place back.
    private void turn() {
        here.context().runOnContext(_ -> hear(ExchangeEvent.Queue.TURN));
    }

    private void sendHead() {
        if (client.headSent()) {
            return; // it leaves with this tick
        }
        earlyHead = true;
        client.streamHead(200, Heads.early(arrival.exchange()));
        client.sendHead();
    }

    private void commit() {
        if (!client.headSent()) {
            client.streamHead(trial.status(), Heads.answer(arrival.exchange(), trial, attempts));
        }
        client.commit();
        if (plan.policy().continues()) {
            story = new Story(plan.transcript(), here.room(), this::obstructed);
        }
        trial.letGo(story);
    }

    private void obstructed(@Nullable String obstacle) {
        carryOut(exchange.on(new Continuable(obstacle), nowNanos));
    }

    private void complete() {
        boolean repaired = exchange.outcome() instanceof Outcome.Completed(boolean r) && r;
        switch (trial.answer()) {
            case WholeAnswer whole ->
                    client.reply(
                            trial.status(),
                            Heads.answer(arrival.exchange(), trial, attempts),
                            whole.body());
            case AssembledAnswer assembled ->
                    client.reply(
                            trial.status(),
                            Heads.assembled(arrival.exchange(), trial, attempts),
                            assembled.body());
            case StreamAnswer _, RefusedAnswer _ ->
                    client.end(repaired ? Ending.done(plan.operation().dialect()) : NOTHING);
            case null -> throw new IllegalStateException("no answer is complete");
        }
        if (repaired) {
            trial.abort(); // its end has been awaited already
        } else {
            trial.release(plan.policy().afterFinish());
        }
    }

    /// Nothing is left to do: gives back what was taken, and records what happened.
    private void close() {
        if (over) {
            return;
        }
        over = true;
        alarm.cancel();
        trial.discard();
        if (story != null) {
            story.discard();
        }
        try {
            here.counters().exchangeOver(errorInside, trial.skipped());
            here.ledger().record(entry());
        } finally {
            whenOver.accept(this);
        }
    }

    private Entry entry() {
        Outcome outcome = Objects.requireNonNull(exchange.outcome());
        return new Entry(
                arrival.exchange(),
                arrival.atMillis(),
                plan.asked(),
                exchange.attempts().stream().map(attempt -> tried(attempt, outcome)).toList(),
                outcome,
                new Entry.Told(
                        client.headSent() ? client.status() : 0,
                        earlyHead,
                        errorInside,
                        client.bytes(),
                        client.chunks(),
                        trial.skipped()),
                arrival.client(),
                nowNanos - arrival.atNanos());
    }

    private Entry.Tried tried(Attempt attempt, Outcome ofExchange) {
        Outcome own = attempt.outcome();
        return new Entry.Tried(
                plan.targets().get(attempt.target()).id(),
                own == null ? ofExchange : own,
                attempt.phase(),
                attempt.waits().since(arrival.atNanos()),
                heard.in(attempt.number(), trial));
    }
}
