/// What operators are told of while it happens, and the port through which they are.
@NullMarked
package dev.ebbgate.core.event;

import org.jspecify.annotations.NullMarked;
