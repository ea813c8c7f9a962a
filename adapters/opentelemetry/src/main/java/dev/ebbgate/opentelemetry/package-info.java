/// Tool runs as OpenTelemetry sees them: a span per run, and one per body within it.
@NullMarked
package dev.ebbgate.opentelemetry;

import org.jspecify.annotations.NullMarked;
