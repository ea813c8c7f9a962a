/// The face: the commands of `ebbgate`, and the wiring of all rooms.
@NullMarked
package dev.ebbgate.cli;

import org.jspecify.annotations.NullMarked;
