@NullMarked
package dev.ebbgate.gateway.closing;

import org.jspecify.annotations.NullMarked;
