/// The client's side of an exchange: the answer as it is written.
@NullMarked
package dev.ebbgate.gateway.downstream;

import org.jspecify.annotations.NullMarked;
