/// The machines: what follows from an event or from the passing of time.
///
/// Theory of operation. An [Exchange] is one client request with everything done to answer it; an
/// [Attempt] is one try at one target, and the exchange's chain knows which follows which. Both are
/// driven in the same way: `on(event, nowNanos)` says what to do, `wakeAtNanos()` says when to be
/// called again. They own no clock, no thread and no socket. Moments are nanoseconds of one
/// monotonic clock of arbitrary origin. A machine is confined to one thread. Late and repeated
/// events are harmless.
///
/// ```
/// attempt    connecting ──▶ awaiting ──▶ streaming ──▶ finishing ──▶ over
///            connect        first-token  stream-idle   after-finish
///                                        no-progress
///            ├──────────────────── attempt ────────────────────────────┤
/// exchange   open ──▶ delivering ──▶ over
///            ├──── request ─────────┤
/// ```
@NullMarked
package dev.ebbgate.core.exchange;

import org.jspecify.annotations.NullMarked;
