@NullMarked
package dev.ebbgate.sim.script;

import org.jspecify.annotations.NullMarked;
