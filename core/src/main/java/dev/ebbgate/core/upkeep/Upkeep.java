package dev.ebbgate.core.upkeep;

/// What is said about running the gateway, as opposed to what it does for its clients.
public record Upkeep(Admin admin, EventSettings events, Telemetry telemetry) {

    public static final Upkeep DEFAULT =
            new Upkeep(Admin.DEFAULT, EventSettings.DEFAULT, Telemetry.OFF);
}
