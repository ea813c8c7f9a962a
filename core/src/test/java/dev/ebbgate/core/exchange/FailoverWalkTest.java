package dev.ebbgate.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.exchange.Command.Abort;
import dev.ebbgate.core.exchange.Command.Fail;
import dev.ebbgate.core.exchange.Command.Plain;
import dev.ebbgate.core.exchange.Command.Start;
import dev.ebbgate.core.exchange.ExchangeEvent.Cancelled;
import dev.ebbgate.core.exchange.ExchangeEvent.Clock;
import dev.ebbgate.core.exchange.ExchangeEvent.Continuable;
import dev.ebbgate.core.exchange.ExchangeEvent.Downstream;
import dev.ebbgate.core.exchange.ExchangeEvent.Queue;
import dev.ebbgate.core.exchange.UpstreamEvent.Broke;
import dev.ebbgate.core.exchange.UpstreamEvent.Signal;
import dev.ebbgate.core.failure.Failure;
import dev.ebbgate.core.failure.Failure.BadStatus;
import dev.ebbgate.core.failure.Meaning;
import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.Phase;
import dev.ebbgate.core.limit.ResolvedLimit;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.limit.Timeouts;
import dev.ebbgate.core.policy.Failover;
import dev.ebbgate.core.policy.MidStream;
import dev.ebbgate.core.setting.Sourced;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Random events in chains of attempts at targets that may be unwell; whatever happens, the
/// promises hold.
class FailoverWalkTest {

    private static final int WALKS = 2_000;
    private static final int LONG_WALKS = 10_000;
    private static final int STEPS = 60;

    /// So many at the beginning of the list.
    private static final int HEALTHY = 4;

    private static final List<UpstreamEvent> EVENTS =
            List.of(
                    Signal.CONNECTED,
                    Signal.CONNECTED,
                    Signal.BYTES_ARRIVED,
                    Signal.TOKEN_ARRIVED,
                    Signal.FINISHED,
                    Signal.DONE,
                    Signal.ENDED,
                    new Broke(new Failure.Reset()),
                    new Broke(new Failure.Stale()),
                    new Broke(new Failure.Malformed("x")),
                    new Broke(new BadStatus(401, true, Meaning.PLAIN, null)),
                    new Broke(new BadStatus(429, true, Meaning.PLAIN, Span.ofSeconds(1))),
                    new Broke(new BadStatus(503, true, Meaning.PLAIN, null)),
                    new Broke(new BadStatus(400, true, Meaning.CONTENT_POLICY, null)));

    private final List<Command> commands = new ArrayList<>();
    private final Set<Integer> underWay = new HashSet<>();
    private final Set<Integer> timedOut = new HashSet<>();
    private Random random = new Random(0);
    private MoodyStanding standing = new MoodyStanding(random);
    private Exchange exchange = anyExchange();
    private boolean isHedged;
    private @Nullable String obstacle;
    private Set<Integer> continuing = Set.of();
    private int hedges;
    private int sequels;
    private long nowNanos;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anyHistory_keepsThePromises(long seed) {
        random = new Random(seed);
        for (int walk = 0; walk < WALKS; walk++) {
            walk();
            assertEnd();
        }
    }

    /// The walk would show nothing if it never got anywhere. Sequels are rare, 6 in 1,000 walks, so
    /// that it takes many to expect some of any seed.
    @Test
    void walks_getEverywhere() {
        random = new Random(5);
        List<String> seen = new ArrayList<>();
        int most = 0;
        for (int walk = 0; walk < LONG_WALKS; walk++) {
            walk();
            seen.add(Endings.text(exchange.outcome()));
            most = Math.max(most, exchange.attempts().size());
        }

        assertThat(most).isGreaterThan(4);
        assertThat(hedges).isGreaterThan(LONG_WALKS / 25);
        assertThat(sequels).isGreaterThan(LONG_WALKS / 300);
        assertThat(seen)
                .contains("completed", "Reset", "BadStatus", "Resting", "Crowded", "client gone")
                .contains("connect", "first-token", "request", "shutdown", "Malformed");
    }

    private void walk() {
        commands.clear();
        underWay.clear();
        timedOut.clear();
        nowNanos = random.nextLong();
        exchange = anyExchange();
        carryOut(exchange.begin());
        if (random.nextInt(4) > 0) {
            tell(null);
        }
        for (int step = 0; step < STEPS; step++) {
            Outcome before = exchange.outcome();
            long wakeAt = exchange.wakeAtNanos();
            if (wakeAt != Deadline.NEVER && random.nextInt(3) == 0) {
                nowNanos = wakeAt - nowNanos > 0 ? wakeAt : nowNanos;
                carryOut(exchange.on(Clock.WOKEN, nowNanos));
                assertThat(Deadline.due(exchange.wakeAtNanos(), nowNanos))
                        .as("asks to be woken again at once")
                        .isFalse();
            } else {
                nowNanos += random.nextInt(1_000_000_000);
                anyEvent();
            }
            if (before != null) {
                assertThat(exchange.outcome()).as("decided once").isEqualTo(before);
            }
        }
    }

    private void anyEvent() {
        int choice = random.nextInt(42);
        if (choice < 30) {
            int number = 1 + random.nextInt(Math.max(1, exchange.attempts().size()));
            UpstreamEvent event = anyUpstreamEvent();
            carryOut(exchange.on(random.nextBoolean() ? number : last(), event, nowNanos));
        } else if (choice < 36) {
            carryOut(exchange.on(Queue.TURN, nowNanos));
        } else if (choice > 39) {
            if (!underWay.isEmpty()) { // an answer tells it of itself
                tell(random.nextInt(4) == 0 ? "a tool call has begun" : null);
            }
        } else if (choice == 36) {
            carryOut(
                    exchange.on(
                            new Cancelled(new Outcome.Cancelled(CancelReason.SHUTDOWN)), nowNanos));
        } else {
            Downstream[] events = Downstream.values();
            carryOut(exchange.on(events[random.nextInt(events.length)], nowNanos));
        }
    }

    /// In some walks the targets do well for a while, so that there is something to go on with.
    private UpstreamEvent anyUpstreamEvent() {
        boolean well = !continuing.isEmpty() && random.nextBoolean();
        return EVENTS.get(random.nextInt(well ? HEALTHY : EVENTS.size()));
    }

    private void tell(@Nullable String newObstacle) {
        obstacle = newObstacle;
        carryOut(exchange.on(new Continuable(newObstacle), nowNanos));
    }

    private int last() {
        return Math.max(1, exchange.attempts().size());
    }

    private void carryOut(List<Command> given) {
        for (Attempt attempt : exchange.attempts()) {
            if (attempt.outcome() instanceof Outcome.TimedOut) {
                timedOut.add(attempt.target());
            }
        }
        for (Command command : given) {
            switch (command) {
                case Start(int number, int target, int _) -> begun(number, target);
                case Abort(int number) -> underWay.remove(number);
                case Plain plain ->
                        exchange.on(
                                plain == Plain.DROP ? Downstream.GONE : Downstream.SENT, nowNanos);
                case Command.Enqueue _, Fail _ -> {}
            }
            commands.add(command);
        }
    }

    private void begun(int number, int target) {
        assertThat(underWay).as("side by side").hasSizeLessThanOrEqualTo(isHedged ? 1 : 0);
        hedges += underWay.size();
        assertThat(!commands.contains(Plain.COMMIT) || mayGoOn(number, target))
                .as("begins after the commit, if at all, to go on with the answer")
                .isTrue();
        assertThat(commands).as("nothing begins after the end").noneMatch(Fail.class::isInstance);
        assertThat(timedOut).as("a target that let a limit run out").doesNotContain(target);
        assertThat(number).isEqualTo(exchange.attempts().size());
        underWay.add(number);
    }

    /// The first attempt after the commit began when nothing stood in the way; what followed it
    /// while it was silent may find that something does.
    private boolean mayGoOn(int number, int target) {
        sequels++;
        boolean isFirst =
                exchange.attempts().get(number - 2).waits().firstTokenNanos() != Deadline.NEVER;
        return continuing.contains(target) && (obstacle == null || !isFirst);
    }

    private void assertEnd() {
        long endings =
                commands.stream().filter(c -> c instanceof Fail || c == Plain.COMPLETE).count();
        assertThat(endings).as("one ending").isLessThanOrEqualTo(1);
        assertThat(exchange.attempts())
                .as("was made, or turned away")
                .filteredOn(attempt -> attempt.phase() != Phase.QUEUE)
                .hasSameSizeAs(standing.permits);
        if (exchange.outcome() == null) {
            return;
        }
        if (exchange.outcome() instanceof Outcome.Completed) {
            assertThat(underWay).as("only what answers is open").hasSizeLessThanOrEqualTo(1);
            assertThat(completed()).as("one answer").isEqualTo(1);
        } else {
            assertThat(underWay).as("what was begun is closed").isEmpty();
        }
        assertThat(exchange.attempts()).as("has an end").noneMatch(a -> a.outcome() == null);
        assertThat(standing.permits).as("is given back once").allMatch(p -> p.released == 1);
        assertThat(standing.permits).as("counts").noneMatch(p -> p.signs.isEmpty());
        assertThat(standing.tickets).as("leaves the queue").allMatch(ticket -> ticket.left);
    }

    private long completed() {
        return exchange.attempts().stream()
                .filter(attempt -> attempt.outcome() instanceof Outcome.Completed)
                .count();
    }

    private Exchange anyExchange() {
        standing = new MoodyStanding(random);
        isHedged = random.nextBoolean();
        obstacle = "nothing yet";
        continuing = new HashSet<>();
        List<Timeouts> targets = new ArrayList<>();
        List<List<Integer>> places = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            Timeouts timeouts = Timeouts.DEFAULTS;
            for (Limit limit : Limit.values()) {
                timeouts = timeouts.with(new ResolvedLimit(limit, anySpan(), "test"));
            }
            targets.add(timeouts);
            places.add(List.of(i));
            if (random.nextBoolean()) {
                continuing.add(i);
            }
        }
        ExchangePolicy policy =
                new ExchangePolicy(
                        random.nextInt(4) > 0,
                        targets,
                        places,
                        continuing,
                        anyFailover(),
                        Policies.keepAlive(anySpan(), anySpan()),
                        Sourced.byDefault(Span.ofSeconds(3)),
                        Span.ofSeconds(2));
        return new Exchange(policy, standing, random::nextDouble, nowNanos, nowNanos);
    }

    private Failover anyFailover() {
        Failover failover = isHedged ? Policies.hedged("500ms") : Failover.DEFAULT;
        MidStream.Mode[] modes = MidStream.Mode.values();
        int last = modes.length - 1;
        MidStream.Mode mode = modes[Math.min(last, random.nextInt(2 * modes.length))];
        if (mode != MidStream.Mode.CONTINUE) {
            continuing.clear(); // any attempt after the commit is then one too many
        }
        return Policies.midStream(mode, failover);
    }

    private Span anySpan() {
        return random.nextInt(3) == 0 ? Span.OFF : Span.ofMillis(1 + random.nextInt(20_000));
    }
}
