/// Peers that do harm, on sockets: what an attack on the running gateway found, and must not find
/// again.
@NullMarked
package dev.ebbgate.gateway.attack;

import org.jspecify.annotations.NullMarked;
