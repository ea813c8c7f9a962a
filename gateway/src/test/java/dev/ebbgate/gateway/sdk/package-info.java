@NullMarked
package dev.ebbgate.gateway.sdk;

import org.jspecify.annotations.NullMarked;
