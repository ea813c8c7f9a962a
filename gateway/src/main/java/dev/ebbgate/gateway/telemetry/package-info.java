/// What is sent to a collector after the OpenTelemetry protocol: spans, made from the entries of
/// exchanges that are over, and numbers. Nothing here runs on an event loop.
@NullMarked
package dev.ebbgate.gateway.telemetry;

import org.jspecify.annotations.NullMarked;
