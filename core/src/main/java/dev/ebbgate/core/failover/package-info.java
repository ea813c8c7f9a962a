/// What follows a failure: the one table, the waits between attempts, and what each may take.
@NullMarked
package dev.ebbgate.core.failover;

import org.jspecify.annotations.NullMarked;
