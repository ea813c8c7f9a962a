package dev.ebbgate.core.exchange;

import dev.ebbgate.core.exchange.Command.Fail;
import dev.ebbgate.core.exchange.Command.Plain;
import dev.ebbgate.core.exchange.ExchangeEvent.Clock;
import dev.ebbgate.core.exchange.ExchangeEvent.Downstream;
import dev.ebbgate.core.exchange.ExchangeEvent.Queue;
import dev.ebbgate.core.health.Standing;
import dev.ebbgate.core.health.Ticket;
import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.limit.Span;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// An exchange driven in virtual time: events happen when the script says, the machine is woken
/// when it asked to be, and every command is written down with its moment.
final class VirtualExchange {

    /// One command and when it was given, counted from the exchange's start.
    record Step(Span at, Command command) {}

    private record Scripted(long atNanos, int order, Runnable event) {}

    /// Anything but 0, and close to the wrap of a monotonic clock.
    private static final long ORIGIN = Long.MAX_VALUE - Span.ofSeconds(60).nanos();

    final Exchange exchange;
    final List<Step> steps = new ArrayList<>();
    private final PriorityQueue<Scripted> script =
            new PriorityQueue<>(
                    Comparator.comparingLong((Scripted s) -> s.atNanos - ORIGIN)
                            .thenComparingInt(Scripted::order));
    private final List<Timed> fate = new ArrayList<>();
    private int scripted;
    private long nowNanos = ORIGIN;

    VirtualExchange(ExchangePolicy policy) {
        this(policy, Standing.unwatched());
    }

    /// An exchange whose targets may be unwell.
    VirtualExchange(ExchangePolicy policy, Standing standing) {
        exchange = new Exchange(policy, standing, () -> 0.5, ORIGIN, ORIGIN);
    }

    VirtualExchange at(String moment, UpstreamEvent event) {
        return at(Span.parse(moment).nanos(), event);
    }

    VirtualExchange at(long sinceStartNanos, UpstreamEvent event) {
        return at(sinceStartNanos, 1, event);
    }

    /// What comes in a later attempt.
    VirtualExchange at(String moment, int attempt, UpstreamEvent event) {
        return at(Span.parse(moment).nanos(), attempt, event);
    }

    private VirtualExchange at(long sinceStartNanos, int attempt, UpstreamEvent event) {
        plan(ORIGIN + sinceStartNanos, () -> carryOut(exchange.on(attempt, event, nowNanos)));
        return this;
    }

    VirtualExchange at(String moment, ExchangeEvent event) {
        plan(ORIGIN + Span.parse(moment).nanos(), () -> carryOut(exchange.on(event, nowNanos)));
        return this;
    }

    /// What every attempt meets so long after its start.
    VirtualExchange always(String after, UpstreamEvent event) {
        fate.add(new Timed(Span.parse(after).nanos(), event));
        return this;
    }

    private record Timed(long afterNanos, UpstreamEvent event) {}

    private void plan(long atNanos, Runnable event) {
        script.add(new Scripted(atNanos, scripted++, event));
    }

    private void begun(int attempt) {
        for (Timed timed : fate) {
            plan(
                    nowNanos + timed.afterNanos,
                    () -> carryOut(exchange.on(attempt, timed.event, nowNanos)));
        }
    }

    /// The same event again and again, from one moment to another.
    VirtualExchange every(String period, String from, String to, UpstreamEvent event) {
        long step = Span.parse(period).nanos();
        for (long at = Span.parse(from).nanos(); at <= Span.parse(to).nanos(); at += step) {
            at(at, event);
        }
        return this;
    }

    /// Runs to the given moment; what the script says at the very moment still happens.
    VirtualExchange runTo(String moment) {
        long end = ORIGIN + Span.parse(moment).nanos();
        carryOut(exchange.begin());
        while (isNextBefore(end)) {
            Scripted next = script.remove();
            nowNanos = next.atNanos;
            next.event.run();
        }
        nowNanos = end;
        return this;
    }

    /// Wakes the machine until the next thing of the script, which it may itself put there.
    private boolean isNextBefore(long end) {
        int known;
        do {
            known = scripted;
            Scripted next = script.peek();
            wakeUntil(next == null || next.atNanos - end > 0 ? end : next.atNanos);
        } while (scripted != known);
        Scripted next = script.peek();
        return next != null && end - next.atNanos >= 0;
    }

    private void wakeUntil(long moment) {
        int known = scripted;
        int wakes = 0;
        while (scripted == known && isBefore(exchange.wakeAtNanos(), moment)) {
            long wakeAt = exchange.wakeAtNanos();
            nowNanos = wakeAt - nowNanos > 0 ? wakeAt : nowNanos;
            carryOut(exchange.on(Clock.WOKEN, nowNanos));
            if (++wakes > 100_000) {
                throw new AssertionError("the machine asks to be woken without end");
            }
        }
    }

    private static boolean isBefore(long wakeAt, long moment) {
        return wakeAt != Deadline.NEVER && moment - wakeAt > 0;
    }

    private void carryOut(List<Command> commands) {
        for (Command command : commands) {
            steps.add(new Step(new Span(Math.max(1, nowNanos - ORIGIN)), command));
            switch (command) {
                case Plain plain -> carryOut(plain);
                case Fail _ -> sent();
                case Command.Start(int attempt, int _, int _) -> begun(attempt);
                case Command.Enqueue(Ticket ticket) -> ticket.whenTurn(this::turn);
                case Command.Abort _ -> {}
            }
        }
    }

    private void turn() {
        plan(nowNanos, () -> carryOut(exchange.on(Queue.TURN, nowNanos)));
    }

    private void carryOut(Plain plain) {
        switch (plain) {
            case SEND_HEAD, SEND_KEEP_ALIVE, COMMIT, COMPLETE -> sent();
            case DROP -> exchange.on(Downstream.GONE, nowNanos);
        }
    }

    private void sent() {
        exchange.on(Downstream.SENT, nowNanos);
    }

    /// The moments at which a command was given.
    List<String> when(Command command) {
        return steps.stream()
                .filter(step -> step.command.equals(command))
                .map(step -> step.at.toString())
                .toList();
    }

    /// The attempts: the target of each, and how long after the last event it began.
    String attempts() {
        List<String> all = new ArrayList<>();
        List<Attempt> attempts = exchange.attempts();
        for (int i = 0; i < attempts.size(); i++) {
            Attempt attempt = attempts.get(i);
            long before = i == 0 ? ORIGIN : attempts.get(i - 1).waits().overNanos();
            long waited = attempt.waits().startNanos() - before;
            all.add(attempt.target() + (waited == 0 ? "" : " +" + new Span(waited)));
        }
        return String.join(", ", all);
    }

    /// How it came out and when, as one short text; `open` if it has not.
    String ending() {
        return steps.stream()
                .filter(step -> step.command instanceof Fail || step.command == Plain.COMPLETE)
                .findFirst()
                .map(step -> Endings.text(exchange.outcome()) + " " + step.at)
                .orElse("open");
    }
}
