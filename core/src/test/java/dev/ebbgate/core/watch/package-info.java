@NullMarked
package dev.ebbgate.core.watch;

import org.jspecify.annotations.NullMarked;
