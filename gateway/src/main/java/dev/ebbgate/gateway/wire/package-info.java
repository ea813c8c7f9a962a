/// The wire: one pooled HTTP client per provider and event loop.
@NullMarked
package dev.ebbgate.gateway.wire;

import org.jspecify.annotations.NullMarked;
