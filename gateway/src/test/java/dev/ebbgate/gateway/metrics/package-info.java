@org.jspecify.annotations.NullMarked
package dev.ebbgate.gateway.metrics;
