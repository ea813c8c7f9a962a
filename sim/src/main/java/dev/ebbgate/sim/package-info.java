/// A scripted, fault-injecting LLM provider for the demo, the tests and the benchmark: how to start
/// it, and its journal.
@NullMarked
package dev.ebbgate.sim;

import org.jspecify.annotations.NullMarked;
