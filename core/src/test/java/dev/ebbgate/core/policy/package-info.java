/// Tests of the settings of failover, breaker and queue.
@NullMarked
package dev.ebbgate.core.policy;

import org.jspecify.annotations.NullMarked;
