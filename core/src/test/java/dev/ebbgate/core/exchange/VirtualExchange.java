package dev.ebbgate.core.exchange;

import dev.ebbgate.core.exchange.Command.Fail;
import dev.ebbgate.core.exchange.Command.Plain;
import dev.ebbgate.core.exchange.ExchangeEvent.Clock;
import dev.ebbgate.core.exchange.ExchangeEvent.Downstream;
import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.limit.Span;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// An exchange driven in virtual time: events happen when the script says, the machine is woken
/// when it asked to be, and every command is written down with its moment.
final class VirtualExchange {

    /// One command and when it was given, counted from the exchange's start.
    record Step(Span at, Command command) {}

    private record Scripted(long atNanos, Runnable event) {}

    /// Anything but 0, and close to the wrap of a monotonic clock.
    private static final long ORIGIN = Long.MAX_VALUE - Span.ofSeconds(60).nanos();

    final Exchange exchange;
    final List<Step> steps = new ArrayList<>();
    private final List<Scripted> script = new ArrayList<>();
    private long nowNanos = ORIGIN;

    VirtualExchange(ExchangePolicy policy) {
        exchange = new Exchange(policy, ORIGIN, ORIGIN);
    }

    VirtualExchange at(String moment, UpstreamEvent event) {
        return at(Span.parse(moment).nanos(), event);
    }

    VirtualExchange at(long sinceStartNanos, UpstreamEvent event) {
        script.add(
                new Scripted(
                        ORIGIN + sinceStartNanos, () -> carryOut(exchange.on(1, event, nowNanos))));
        return this;
    }

    VirtualExchange at(String moment, ExchangeEvent event) {
        script.add(
                new Scripted(
                        ORIGIN + Span.parse(moment).nanos(),
                        () -> carryOut(exchange.on(event, nowNanos))));
        return this;
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
        script.sort(Comparator.comparingLong(scripted -> scripted.atNanos - ORIGIN));
        for (Scripted scripted : script) {
            wakeUntil(scripted.atNanos);
            nowNanos = scripted.atNanos;
            scripted.event.run();
        }
        wakeUntil(end);
        nowNanos = end;
        return this;
    }

    private void wakeUntil(long moment) {
        int wakes = 0;
        while (isBefore(exchange.wakeAtNanos(), moment)) {
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
                case Command.Start _, Command.Abort _ -> {}
            }
        }
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

    /// How it came out and when, as one short text; `open` if it has not.
    String ending() {
        return steps.stream()
                .filter(step -> step.command instanceof Fail || step.command == Plain.COMPLETE)
                .findFirst()
                .map(step -> Endings.text(exchange.outcome()) + " " + step.at)
                .orElse("open");
    }
}
