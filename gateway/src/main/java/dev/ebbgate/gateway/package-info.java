/// The gateway: HTTP in, HTTP out, and the heart between them.
@NullMarked
package dev.ebbgate.gateway;

import org.jspecify.annotations.NullMarked;
