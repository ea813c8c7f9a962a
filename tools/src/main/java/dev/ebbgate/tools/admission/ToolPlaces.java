package dev.ebbgate.tools.admission;

import dev.ebbgate.tools.settings.Capacity;
import dev.ebbgate.tools.settings.Rate;

import java.util.PriorityQueue;

/// The places of one tool; guarded by the lock of its [Admission].
final class ToolPlaces {

    private final PriorityQueue<Seat> waiting = new PriorityQueue<>(Seat::compare);
    private Capacity capacity;
    private int taken;
    private int abandoned;
    private double tokens;
    private long filledNanos;

    ToolPlaces(Capacity capacity, long nowNanos) {
        this.capacity = capacity;
        this.tokens = capacity.rate().runs();
        this.filledNanos = nowNanos;
    }

    void resize(Capacity newCapacity) {
        capacity = newCapacity;
    }

    /// Takes a token of the rate, if there is one.
    boolean mayBegin(long nowNanos) {
        Rate rate = capacity.rate();
        if (rate.isUnlimited()) {
            return true;
        }
        double gained = (double) (nowNanos - filledNanos) * rate.runs() / rate.per().nanos();
        tokens = Math.min(rate.runs(), tokens + gained);
        filledNanos = nowNanos;
        // A whole token is due after a whole span, rounding aside.
        if (tokens < 1 - 1e-9) {
            return false;
        }
        tokens -= 1;
        return true;
    }

    boolean hasRoom() {
        return taken < capacity.running();
    }

    boolean isHeldByAbandoned() {
        return abandoned >= capacity.running();
    }

    boolean mayWait() {
        return waiting.size() < capacity.waiting();
    }

    void take() {
        taken++;
    }

    void giveBack() {
        taken--;
    }

    void countAbandoned(int change) {
        abandoned += change;
    }

    PriorityQueue<Seat> waiting() {
        return waiting;
    }

    boolean isIdle() {
        return taken == 0 && waiting.isEmpty();
    }

    /// Whether forgetting it would change nothing.
    boolean isForgettable(long nowNanos) {
        Rate rate = capacity.rate();
        return isIdle() && (rate.isUnlimited() || nowNanos - filledNanos >= rate.per().nanos());
    }
}
