/// The machine of a tool run: what follows from an event or from the passing of time.
///
/// Theory of operation. A [ToolRun] is one call of a tool with everything done to answer it. It is
/// driven like an exchange: `on(event, nowNanos)` says what to do, `wakeAtNanos()` says when to be
/// called again. It has two ends. *Settled*: the decision is made, and never changes. *Terminated*:
/// every body and every cleanup has really ended. A body that is not wanted any more climbs a
/// ladder: told, interrupted, forced, abandoned.
///
/// ```
/// run      queued ──▶ running ──▶ (stopping ──▶ resting ──▶ running …) ──▶ stopping ──▶ over
///          queue      first-signal, idle                                   grace, twice
///          │          ├─ attempt ─┤                            settled ◀──┘        └──▶ terminated
///          ├──────────────────────── total ───────────────────────────┤
/// ```
@NullMarked
package dev.ebbgate.core.tool;

import org.jspecify.annotations.NullMarked;
