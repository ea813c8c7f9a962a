/// Waiting on an event loop.
@NullMarked
package dev.ebbgate.gateway.timer;

import org.jspecify.annotations.NullMarked;
