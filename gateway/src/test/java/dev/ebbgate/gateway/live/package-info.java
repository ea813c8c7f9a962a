/// A configuration that changes while the gateway runs.
@org.jspecify.annotations.NullMarked
package dev.ebbgate.gateway.live;
