/// The whole gateway on real sockets, before a simulated provider.
@org.jspecify.annotations.NullMarked
package dev.ebbgate.gateway;
