/// Tool runs as Micrometer sees them: meters, and what a thread knows carried over to bodies.
@NullMarked
package dev.ebbgate.micrometer;

import org.jspecify.annotations.NullMarked;
