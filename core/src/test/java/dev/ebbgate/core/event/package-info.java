@NullMarked
package dev.ebbgate.core.event;

import org.jspecify.annotations.NullMarked;
