/// Telling operators: what entries show is looked at here, off the threads that move bytes, and
/// events are written as JSON lines to where the configuration wants them.
@NullMarked
package dev.ebbgate.gateway.events;

import org.jspecify.annotations.NullMarked;
