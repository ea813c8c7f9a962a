/// The six limits, their values and where each was set.
@NullMarked
package dev.ebbgate.core.limit;

import org.jspecify.annotations.NullMarked;
