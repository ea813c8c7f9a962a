@NullMarked
package dev.ebbgate.core.health;

import org.jspecify.annotations.NullMarked;
