/// Hours of traffic in seconds: the real machines of exchange, failover and health over servers
/// that misbehave as real ones do.
///
/// In the manner of Palantir Dialogue's `SimulationTest`: stories with goals, virtual time, and a
/// table that is committed, so that a change of behaviour is a difference to be read.
@NullMarked
package dev.ebbgate.core.simulation;

import org.jspecify.annotations.NullMarked;
