/// Where time comes from, and all waiting.
@NullMarked
package dev.ebbgate.tools.time;

import org.jspecify.annotations.NullMarked;
