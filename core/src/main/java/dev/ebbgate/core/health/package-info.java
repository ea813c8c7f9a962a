/// The health of what is tried: breakers, retry budgets, keys and places, shared by all exchanges
/// of the process.
///
/// Theory of operation. Before an attempt an exchange asks its [Standing] and gets an [Admission]:
/// a [Permit], or why not. The permit is told how the attempt came out ([Sign]) and is given back
/// when the attempt is over. Behind it stand one breaker and one retry budget per target, and one
/// ring of keys and one queue for places per provider.
///
/// ```
/// ask ─▶ breaker ─▶ budget ─▶ place ─▶ key ─▶ permit ── report ──▶ breaker, key
///        Cooling    Spent     Full                  └─ release ──▶ place, and the trial's
/// ```
///
/// This is the only room of the heart whose objects are shared by threads. It still owns no clock
/// and starts no thread: the moments come from the callers. What they pass may differ by the age of
/// an event; nothing here depends on their order.
@NullMarked
package dev.ebbgate.core.health;

import org.jspecify.annotations.NullMarked;
