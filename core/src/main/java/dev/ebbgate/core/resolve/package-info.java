/// From what is configured and what a request says to what holds: limits, keep-alive, targets.
@NullMarked
package dev.ebbgate.core.resolve;

import org.jspecify.annotations.NullMarked;
