/// The loop that drives the heart: events in from both sides, commands out to both sides.
@NullMarked
package dev.ebbgate.gateway.loop;

import org.jspecify.annotations.NullMarked;
