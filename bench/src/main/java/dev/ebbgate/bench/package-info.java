/// The entry point of the bench: a gateway measured from outside, over sockets only.
@NullMarked
package dev.ebbgate.bench;

import org.jspecify.annotations.NullMarked;
