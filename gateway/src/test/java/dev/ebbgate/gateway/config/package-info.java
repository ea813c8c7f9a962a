@NullMarked
package dev.ebbgate.gateway.config;

import org.jspecify.annotations.NullMarked;
