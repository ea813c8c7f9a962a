package dev.ebbgate.core.config;

import dev.ebbgate.core.policy.Failover;

/// What is said about waiting and failing at the top level.
///
/// @param failover holds where a route says nothing, and for requests that name a provider
public record Policies(
        TimeoutSettings timeouts,
        KeepAliveSettings keepAlive,
        Bounds bounds,
        Overrides overrides,
        Failover failover) {

    public static final Policies DEFAULT =
            new Policies(
                    TimeoutSettings.NONE,
                    KeepAliveSettings.NONE,
                    Bounds.DEFAULT,
                    Overrides.NONE,
                    Failover.DEFAULT);
}
