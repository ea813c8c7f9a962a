@NullMarked
package dev.ebbgate.gateway.events;

import org.jspecify.annotations.NullMarked;
