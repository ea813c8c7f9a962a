/// Providers' wire formats as codecs between bytes and what counts: no I/O, no clock.
@NullMarked
package dev.ebbgate.dialects;

import org.jspecify.annotations.NullMarked;
