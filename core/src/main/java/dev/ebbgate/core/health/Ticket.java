package dev.ebbgate.core.health;

import dev.ebbgate.core.health.Standing.Admission;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.setting.Sourced;

/// A place in the queue of a provider that has as many attempts in flight as it may. First come,
/// first served.
public interface Ticket {

    /// Has `turn` run once, when it is this ticket's turn: at once and on this thread if that is so
    /// already, else later and on WHICHEVER THREAD gives a place back. So it must do no more than
    /// hand over to the exchange's own thread. It runs outside every lock, and never after
    /// [#cancel] has returned unless it was already running.
    void whenTurn(Runnable turn);

    /// How long the wait may last: `queue`.
    Sourced<Span> patience();

    /// Takes the place, on the exchange's thread: [Standing.Granted], or, if the target has fallen
    /// ill while this waited, [Standing.Cooling] or [Standing.Spent], and the place goes to the
    /// next. Too early it answers [Standing.Full] with this ticket. A ticket is claimed once.
    Admission claim(long nowNanos);

    /// Leaves the queue; a place that was not claimed goes to the next. May be repeated; harmless
    /// after a claim.
    void cancel(long nowNanos);
}
