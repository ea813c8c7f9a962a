package dev.ebbgate.gateway.sdk;

import dev.ebbgate.core.exchange.Command;
import dev.ebbgate.core.exchange.Command.Plain;
import dev.ebbgate.core.exchange.Exchange;
import dev.ebbgate.core.exchange.ExchangeEvent.Clock;
import dev.ebbgate.core.exchange.ExchangeEvent.Downstream;
import dev.ebbgate.core.exchange.ExchangePolicy;
import dev.ebbgate.core.exchange.Outcome;
import dev.ebbgate.core.exchange.UpstreamEvent;
import dev.ebbgate.core.health.Standing;
import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.limit.Span;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// An exchange in virtual time, with a client that reads everything at once. It notes when anything
/// was sent to the client, and when it ended.
final class Hours {

    private final Exchange exchange;
    private final List<Span> sent = new ArrayList<>();
    private long nowNanos = 1;
    private @Nullable Span ended;

    Hours(ExchangePolicy policy) {
        exchange = new Exchange(policy, Standing.unwatched(), () -> 0, 0, 0);
        exchange.begin();
    }

    /// Lets time pass until this moment.
    Hours until(Span moment) {
        for (long at = exchange.wakeAtNanos(); isDue(at, moment); at = exchange.wakeAtNanos()) {
            nowNanos = Math.max(at, nowNanos);
            carryOut(exchange.on(Clock.WOKEN, nowNanos));
        }
        nowNanos = moment.nanos();
        return this;
    }

    private boolean isDue(long at, Span moment) {
        return ended == null && at != Deadline.NEVER && at <= moment.nanos();
    }

    /// Hands the machine what came from the provider, now.
    Hours hear(UpstreamEvent event) {
        carryOut(exchange.on(1, event, nowNanos));
        if (exchange.committed() && ended == null) {
            sent();
        }
        return this;
    }

    /// One token every second, up to this moment.
    Hours tokensUntil(Span moment) {
        Span second = Span.ofSeconds(1);
        while (nowNanos + second.nanos() <= moment.nanos()) {
            until(new Span(nowNanos + second.nanos())).hear(UpstreamEvent.Signal.TOKEN_ARRIVED);
        }
        return this;
    }

    private void carryOut(List<Command> commands) {
        for (Command command : commands) {
            switch (command) {
                case Plain plain -> carryOut(plain);
                case Command.Fail _ -> ended = new Span(nowNanos);
                case Command.Start _, Command.Abort _, Command.Enqueue _ -> {}
            }
        }
    }

    private void carryOut(Plain plain) {
        switch (plain) {
            case SEND_HEAD, SEND_KEEP_ALIVE, COMMIT -> sent();
            case COMPLETE, DROP -> ended = new Span(nowNanos);
        }
    }

    private void sent() {
        sent.add(new Span(nowNanos));
        exchange.on(Downstream.SENT, nowNanos);
    }

    /// When anything left for the client, in order.
    List<Span> sentAt() {
        return sent;
    }

    /// When it ended, or null.
    @Nullable Span endedAt() {
        return ended;
    }

    @Nullable Outcome outcome() {
        return exchange.outcome();
    }
}
