/// An hour of real silence over TLS, to find what virtual time cannot.
@NullMarked
package dev.ebbgate.bench.soak;

import org.jspecify.annotations.NullMarked;
