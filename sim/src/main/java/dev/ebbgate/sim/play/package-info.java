/// Scripts turned into steps, and steps played on a connection in real time.
@NullMarked
package dev.ebbgate.sim.play;

import org.jspecify.annotations.NullMarked;
