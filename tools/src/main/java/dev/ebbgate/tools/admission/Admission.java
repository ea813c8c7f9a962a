package dev.ebbgate.tools.admission;

import dev.ebbgate.core.tool.RejectReason;
import dev.ebbgate.tools.settings.Capacity;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The places of all tools: who may run, who waits, who is refused. Safe for threads; a lock is
/// held for a few instructions, and turns are announced outside it.
public final class Admission {

    private static final int TOOLS_REMEMBERED = 1_024;

    private final int running;
    private final int waiting;
    private final Map<String, ToolPlaces> tools = new HashMap<>();
    private long order;
    private int taken;
    private int queued;
    private int abandoned;

    /// @param total over all tools; its rate does not count
    public Admission(Capacity total) {
        this.running = total.running();
        this.waiting = total.waiting();
    }

    /// What came of a claim.
    ///
    /// @param seat to be left when the run has really ended; null if refused
    /// @param refused why, or null
    public record Claim(@Nullable Seat seat, @Nullable RejectReason refused) {}

    /// Claims a place for a run.
    ///
    /// @param turn is called once, outside the lock, when the place is there: at once, or later on
    ///   the thread that gave it back
    public Claim claim(String tool, Capacity capacity, int priority, Runnable turn, long nowNanos) {
        Seat seat;
        synchronized (this) {
            ToolPlaces places = places(tool, capacity, nowNanos);
            RejectReason reason = refuse(places, nowNanos);
            if (reason != null) {
                return new Claim(null, reason);
            }
            seat = new Seat(places, priority, order++, turn);
            if (!places.hasRoom() || taken >= running) {
                places.waiting().add(seat);
                queued++;
                return new Claim(seat, null);
            }
            take(seat);
        }
        turn.run();
        return new Claim(seat, null);
    }

    private @Nullable RejectReason refuse(ToolPlaces places, long nowNanos) {
        if (places.isHeldByAbandoned() || abandoned >= running) {
            return RejectReason.ABANDONED;
        }
        boolean room = places.hasRoom() && taken < running;
        if (!room && (!places.mayWait() || queued >= waiting)) {
            return RejectReason.QUEUE_FULL;
        }
        return places.mayBegin(nowNanos) ? null : RejectReason.RATE;
    }

    private ToolPlaces places(String tool, Capacity capacity, long nowNanos) {
        ToolPlaces known = tools.get(tool);
        if (known != null) {
            known.resize(capacity);
            return known;
        }
        if (tools.size() >= TOOLS_REMEMBERED) {
            tools.values().removeIf(places -> places.isForgettable(nowNanos));
        }
        ToolPlaces fresh = new ToolPlaces(capacity, nowNanos);
        tools.put(tool, fresh);
        return fresh;
    }

    private void take(Seat seat) {
        seat.state = Seat.State.TAKEN;
        seat.tool.take();
        taken++;
    }

    /// A body on this seat has been given up.
    public synchronized void abandon(Seat seat) {
        if (seat.state == Seat.State.TAKEN) {
            seat.abandoned++;
            seat.tool.countAbandoned(1);
            abandoned++;
        }
    }

    /// The run has really ended, or no longer wants the place. Repeated calls are harmless.
    public void leave(Seat seat) {
        List<Seat> turns;
        synchronized (this) {
            switch (seat.state) {
                case WAITING -> {
                    if (seat.tool.waiting().remove(seat)) {
                        queued--;
                    }
                }
                case TAKEN -> giveBack(seat);
                case LEFT -> {}
            }
            seat.state = Seat.State.LEFT;
            turns = turns(seat.tool);
        }
        turns.forEach(next -> next.turn.run());
    }

    private void giveBack(Seat seat) {
        seat.tool.giveBack();
        taken--;
        seat.tool.countAbandoned(-seat.abandoned);
        abandoned -= seat.abandoned;
    }

    /// Those whose turn it is now: of the tool that gave a place back, or of any other, for places
    /// may be short over all.
    private List<Seat> turns(ToolPlaces first) {
        List<Seat> turns = new ArrayList<>(1);
        while (queued > 0 && taken < running) {
            Seat next = next(first);
            if (next == null) {
                break;
            }
            next.tool.waiting().poll();
            queued--;
            take(next);
            turns.add(next);
        }
        return turns;
    }

    private @Nullable Seat next(ToolPlaces first) {
        Seat best = first.hasRoom() ? first.waiting().peek() : null;
        for (ToolPlaces places : tools.values()) {
            Seat head = places.hasRoom() ? places.waiting().peek() : null;
            if (head != null && (best == null || Seat.compare(head, best) < 0)) {
                best = head;
            }
        }
        return best;
    }

    /// How many runs hold a place.
    public synchronized int taken() {
        return taken;
    }

    /// How many wait for one.
    public synchronized int queued() {
        return queued;
    }
}
