package dev.ebbgate.core.simulation;

import dev.ebbgate.core.exchange.Command;
import dev.ebbgate.core.exchange.Command.Plain;
import dev.ebbgate.core.exchange.Exchange;
import dev.ebbgate.core.exchange.ExchangeEvent;
import dev.ebbgate.core.exchange.ExchangeEvent.Clock;
import dev.ebbgate.core.exchange.ExchangeEvent.Downstream;
import dev.ebbgate.core.exchange.Outcome;
import dev.ebbgate.core.health.Ticket;
import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.simulation.Server.Answering;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// One client's request, from its arrival to its end: drives the real [Exchange] as the gateway's
/// loop does, and writes down what the client saw.
final class Client {

    /// One attempt as it was made.
    record Try(Server server, long startNanos, Answering answering) {
        /// Whether its first token has come, or it is over.
        boolean hasShownItself() {
            return !answering.isOpen() || answering.hasSpoken();
        }
    }

    final long startNanos;
    final List<Try> tries = new ArrayList<>();
    private final VirtualTime time;
    private final Simulation simulation;
    private final Watch watch;
    private final double kiloTokens;
    private final Random random;
    private final Exchange exchange;
    private long firstTokenNanos = Deadline.NEVER;
    private long wakeAtNanos = Deadline.NEVER;

    Client(Simulation simulation, Watch watch, double kiloTokens, Random random) {
        this.simulation = simulation;
        this.watch = watch;
        this.time = simulation.time;
        this.kiloTokens = kiloTokens;
        this.random = random;
        this.startNanos = time.nowNanos();
        this.exchange = simulation.exchange(random);
        carryOut(exchange.begin());
    }

    private void carryOut(List<Command> commands) {
        for (Command command : commands) {
            switch (command) {
                case Command.Start(int attempt, int target, int _) -> start(attempt, target);
                case Command.Abort(int attempt) -> tries.get(attempt - 1).answering.close();
                case Command.Enqueue(Ticket ticket) -> ticket.whenTurn(this::turn);
                case Command.Fail _ -> ended();
                case Plain plain -> carryOut(plain);
            }
        }
        long wakeAt = exchange.wakeAtNanos();
        if (wakeAt != wakeAtNanos) {
            wakeAtNanos = wakeAt;
            time.at(wakeAt, () -> wake(wakeAt));
        }
    }

    private void start(int attempt, int target) {
        Server server = simulation.servers.get(target);
        Answering answering =
                server.take(
                        kiloTokens,
                        random,
                        event -> carryOut(exchange.on(attempt, event, time.nowNanos())));
        Try begun = new Try(server, time.nowNanos(), answering);
        tries.add(begun);
        watch.begins(simulation, begun);
    }

    private void carryOut(Plain plain) {
        switch (plain) {
            case SEND_HEAD, SEND_KEEP_ALIVE -> exchange.on(Downstream.SENT, time.nowNanos());
            case COMMIT -> {
                firstTokenNanos = time.nowNanos();
                exchange.on(Downstream.SENT, time.nowNanos());
            }
            case COMPLETE, DROP -> ended();
        }
    }

    private void ended() {
        exchange.on(Downstream.DELIVERED, time.nowNanos());
        tries.forEach(one -> one.answering.close());
    }

    /// A timer that was set for another moment than the one that counts now does nothing.
    private void wake(long setForNanos) {
        if (setForNanos == wakeAtNanos) {
            wakeAtNanos = Deadline.NEVER;
            carryOut(exchange.on(Clock.WOKEN, time.nowNanos()));
        }
    }

    /// Told while another exchange gives its place back; so it happens a moment later, as between
    /// two event loops.
    private void turn() {
        time.at(
                time.nowNanos(),
                () -> carryOut(exchange.on(ExchangeEvent.Queue.TURN, time.nowNanos())));
    }

    boolean isAnswered() {
        return exchange.outcome() instanceof Outcome.Completed;
    }

    Exchange exchange() {
        return exchange;
    }

    /// How long until the first token reached the client; [Deadline#NEVER] if none did.
    long firstTokenAfter() {
        return firstTokenNanos == Deadline.NEVER ? Deadline.NEVER : firstTokenNanos - startNanos;
    }
}
