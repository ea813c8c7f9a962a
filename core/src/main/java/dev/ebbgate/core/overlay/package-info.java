/// What operators changed while the gateway ran, and the port through which it is kept.
@NullMarked
package dev.ebbgate.core.overlay;

import org.jspecify.annotations.NullMarked;
