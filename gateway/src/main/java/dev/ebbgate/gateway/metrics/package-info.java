/// What happened as numbers that a monitoring system collects: the names of OpenTelemetry's GenAI
/// conventions where they have one, `ebbgate.…` elsewhere. Counted once per exchange from its
/// entry, never per chunk.
@NullMarked
package dev.ebbgate.gateway.metrics;

import org.jspecify.annotations.NullMarked;
