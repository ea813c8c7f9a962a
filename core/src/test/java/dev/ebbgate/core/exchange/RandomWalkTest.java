package dev.ebbgate.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.exchange.Command.Abort;
import dev.ebbgate.core.exchange.Command.Fail;
import dev.ebbgate.core.exchange.Command.Plain;
import dev.ebbgate.core.exchange.ExchangeEvent.Cancelled;
import dev.ebbgate.core.exchange.ExchangeEvent.Clock;
import dev.ebbgate.core.exchange.ExchangeEvent.Downstream;
import dev.ebbgate.core.exchange.UpstreamEvent.Broke;
import dev.ebbgate.core.exchange.UpstreamEvent.Signal;
import dev.ebbgate.core.failure.Failure;
import dev.ebbgate.core.health.Standing;
import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.ResolvedLimit;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.limit.Timeouts;
import dev.ebbgate.core.setting.Sourced;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Random events at random moments, many thousand times; whatever happens, the promises hold.
class RandomWalkTest {

    private static final int WALKS = 2_000;
    private static final int STEPS = 60;

    private final List<Command> commands = new ArrayList<>();
    private Random random = new Random(0);
    private Exchange exchange = anyExchange();
    private long nowNanos;
    private boolean filled;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anyHistory_keepsThePromises(long seed) {
        random = new Random(seed);
        for (int walk = 0; walk < WALKS; walk++) {
            walk();
            assertPromises();
        }
    }

    /// The walk would show nothing if it never got anywhere.
    @Test
    void walks_reachEveryKindOfOutcome() {
        random = new Random(4);
        List<String> seen = new ArrayList<>();
        for (int walk = 0; walk < WALKS; walk++) {
            walk();
            seen.add(Endings.text(exchange.outcome()));
        }

        assertThat(seen)
                .contains("completed", "repaired", "Reset", "Truncated", "client gone")
                .contains("client stalled", "shutdown", "connect", "first-token", "stream-idle")
                .contains("no-progress", "attempt", "request");
    }

    private void walk() {
        commands.clear();
        filled = false;
        nowNanos = random.nextLong();
        exchange = anyExchange();
        carryOut(exchange.begin());
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
                nowNanos += random.nextInt(2_000_000_000);
                anyEvent();
            }
            if (before != null) {
                assertThat(exchange.outcome()).as("decided once").isEqualTo(before);
            }
        }
    }

    private void anyEvent() {
        int choice = random.nextInt(20);
        if (choice < 13) {
            Signal[] signals = Signal.values();
            Signal signal = signals[random.nextInt(choice < 10 ? 3 : signals.length)];
            carryOut(exchange.on(1, signal, nowNanos));
        } else if (choice < 14) {
            carryOut(exchange.on(1, new Broke(new Failure.Reset()), nowNanos));
        } else if (choice < 15) {
            carryOut(exchange.on(2, Signal.DONE, nowNanos));
        } else if (choice < 16 && random.nextInt(4) == 0) {
            carryOut(
                    exchange.on(
                            new Cancelled(new Outcome.Cancelled(CancelReason.SHUTDOWN)), nowNanos));
        } else {
            Downstream[] events = Downstream.values();
            Downstream event = events[random.nextInt(random.nextInt(4) == 0 ? events.length : 4)];
            if (event == Downstream.FILLED || event == Downstream.DRAINED) {
                filled = event == Downstream.FILLED;
            }
            carryOut(exchange.on(event, nowNanos));
        }
    }

    private void carryOut(List<Command> given) {
        for (Command command : given) {
            commands.add(command);
            if (command instanceof Plain plain) {
                assertThat(filled && plain == Plain.SEND_KEEP_ALIVE).isFalse();
                exchange.on(plain == Plain.DROP ? Downstream.GONE : Downstream.SENT, nowNanos);
            }
        }
    }

    private void assertPromises() {
        long endings =
                commands.stream().filter(c -> c instanceof Fail || c == Plain.COMPLETE).count();
        boolean over = exchange.outcome() != null;
        assertThat(endings).as("one ending").isLessThanOrEqualTo(1);
        assertThat(commands.stream().filter(c -> c == Plain.COMMIT).count())
                .as("one commit")
                .isLessThanOrEqualTo(1);
        assertThat(commands.stream().filter(c -> c instanceof Command.Start).count())
                .as("no attempt after the first")
                .isEqualTo(1);
        if (over && !(exchange.outcome() instanceof Outcome.Completed)) {
            assertThat(commands).as("the upstream is closed").contains(new Abort(1));
        }
        if (endings == 1) {
            int end = lastIndexOfEnding();
            assertThat(commands.subList(end + 1, commands.size()))
                    .as("after the end the connection may be dropped, nothing else")
                    .isSubsetOf(Plain.DROP);
        }
    }

    private int lastIndexOfEnding() {
        int last = -1;
        for (int i = 0; i < commands.size(); i++) {
            if (commands.get(i) instanceof Fail || commands.get(i) == Plain.COMPLETE) {
                last = i;
            }
        }
        return last;
    }

    private Exchange anyExchange() {
        Timeouts timeouts = Timeouts.DEFAULTS;
        for (Limit limit : Limit.values()) {
            timeouts = timeouts.with(new ResolvedLimit(limit, anySpan(), "test"));
        }
        ExchangePolicy policy =
                new ExchangePolicy(
                        random.nextInt(4) > 0,
                        List.of(timeouts),
                        List.of(List.of(0)),
                        Set.of(),
                        Policies.ALONE,
                        Policies.keepAlive(anySpan(), anySpan()),
                        Sourced.byDefault(Span.ofSeconds(3)),
                        Span.ofSeconds(2));
        return new Exchange(policy, Standing.unwatched(), random::nextDouble, nowNanos, nowNanos);
    }

    private Span anySpan() {
        return random.nextInt(3) == 0 ? Span.OFF : Span.ofMillis(1 + random.nextInt(20_000));
    }
}
