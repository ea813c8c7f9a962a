package dev.ebbgate.tools.admission;

/// A run's claim to a place. Whatever becomes of the run, [Admission#leave] ends it.
public final class Seat {

    enum State {
        WAITING,
        TAKEN,
        LEFT
    }

    final ToolPlaces tool;
    final int priority;
    final long order;
    final Runnable turn;
    State state = State.WAITING;
    int abandoned;

    Seat(ToolPlaces tool, int priority, long order, Runnable turn) {
        this.tool = tool;
        this.priority = priority;
        this.order = order;
        this.turn = turn;
    }

    /// The more urgent first, then the one that came first.
    static int compare(Seat a, Seat b) {
        int byPriority = Integer.compare(b.priority, a.priority);
        return byPriority != 0 ? byPriority : Long.compare(a.order, b.order);
    }
}
