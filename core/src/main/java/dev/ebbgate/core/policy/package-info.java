/// What is to happen when a target fails or is busy: the settings of failover, breaker and queue.
@NullMarked
package dev.ebbgate.core.policy;

import org.jspecify.annotations.NullMarked;
