/// What a listener is told of every run.
@NullMarked
package dev.ebbgate.tools.event;

import org.jspecify.annotations.NullMarked;
