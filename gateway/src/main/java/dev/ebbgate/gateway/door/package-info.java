/// The door: the HTTP server, as far as a request's body and the answer's bytes.
@NullMarked
package dev.ebbgate.gateway.door;

import org.jspecify.annotations.NullMarked;
