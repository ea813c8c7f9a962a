/// Reads the configuration file: every problem at once, each with its line and key path.
@NullMarked
package dev.ebbgate.gateway.config;

import org.jspecify.annotations.NullMarked;
