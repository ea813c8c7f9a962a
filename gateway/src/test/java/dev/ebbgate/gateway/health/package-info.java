/// The heart's shared objects under threads, which its own tests may not start.
@NullMarked
package dev.ebbgate.gateway.health;

import org.jspecify.annotations.NullMarked;
