/// Which run may begin, and which waits or is refused.
@NullMarked
package dev.ebbgate.tools.admission;

import org.jspecify.annotations.NullMarked;
