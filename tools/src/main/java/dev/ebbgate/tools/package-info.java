/// Tools that end on time, keep what they produced, and clean up. Start reading at [Tool],
/// [ToolContext] and [ToolRuntime].
///
/// What a tool's author must do: look at the token or let an interrupt through, give signs of life
/// where there is a limit on silence, and hand whatever must be closed to the context. What the
/// runtime does if the author does not: the caller gets an outcome on time all the same.
///
/// Threads: a body runs on a virtual thread of its own, one per attempt; hooks, cleanups, listeners
/// and late results each on a fresh one; nothing of a user's on the thread that keeps the timers.
@NullMarked
package dev.ebbgate.tools;

import org.jspecify.annotations.NullMarked;
