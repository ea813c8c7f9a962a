/// A configuration that changes while the gateway runs: by its file, by operators, by other
/// gateways.
@NullMarked
package dev.ebbgate.gateway.live;

import org.jspecify.annotations.NullMarked;
