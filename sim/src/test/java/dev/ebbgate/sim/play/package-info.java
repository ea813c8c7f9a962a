@NullMarked
package dev.ebbgate.sim.play;

import org.jspecify.annotations.NullMarked;
