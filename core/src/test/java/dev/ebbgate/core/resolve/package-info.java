@NullMarked
package dev.ebbgate.core.resolve;

import org.jspecify.annotations.NullMarked;
