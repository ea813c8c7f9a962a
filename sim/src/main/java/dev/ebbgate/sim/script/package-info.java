/// The language in which an answer of the simulated provider is scripted.
@NullMarked
package dev.ebbgate.sim.script;

import org.jspecify.annotations.NullMarked;
