@NullMarked
package dev.ebbgate.sim;

import org.jspecify.annotations.NullMarked;
