/// Tool runs written down, one line each.
@NullMarked
package dev.ebbgate.tools.log;

import org.jspecify.annotations.NullMarked;
