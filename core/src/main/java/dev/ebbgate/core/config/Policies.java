package dev.ebbgate.core.config;

/// What is said about waiting at the top level.
public record Policies(
        TimeoutSettings timeouts, KeepAliveSettings keepAlive, Bounds bounds, Overrides overrides) {

    public static final Policies DEFAULT =
            new Policies(
                    TimeoutSettings.NONE, KeepAliveSettings.NONE, Bounds.DEFAULT, Overrides.NONE);
}
