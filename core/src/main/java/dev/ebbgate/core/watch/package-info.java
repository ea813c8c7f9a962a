/// What the entries of exchanges show when they are looked at one after the other: what is worth an
/// event, how near the slowest calls are to the moment at which their consumer leaves, and what
/// takes longer than it should. Nothing here is on the way of an answer, and nothing of it ever
/// changes a limit.
@NullMarked
package dev.ebbgate.core.watch;

import org.jspecify.annotations.NullMarked;
