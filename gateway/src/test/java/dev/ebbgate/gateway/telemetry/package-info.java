/// What arrives at a collector.
@NullMarked
package dev.ebbgate.gateway.telemetry;

import org.jspecify.annotations.NullMarked;
