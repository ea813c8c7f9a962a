/// Tests of the wire.
@NullMarked
package dev.ebbgate.gateway.wire;

import org.jspecify.annotations.NullMarked;
