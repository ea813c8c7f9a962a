package dev.ebbgate.cli;

import dev.ebbgate.core.event.Events;
import dev.ebbgate.core.upkeep.Admin;
import dev.ebbgate.gateway.Gateway;
import dev.ebbgate.gateway.admin.AdminServer;
import dev.ebbgate.gateway.admin.Endpoint;

import java.util.List;

/// Opens the admin API of a gateway, as it is configured.
final class AdminDoor {
    /// What its address is told after.
    static final String OPEN = "ebbgate admin API on ";

    private AdminDoor() {}

    /// Opens it, and answers what the operator should know of it.
    ///
    /// @param events is told of what operators do
    /// @throws IllegalStateException if its address is written and cannot be had; where it is a
    ///   mere default the gateway goes on without
    static List<String> open(Gateway gateway, List<Endpoint> endpoints, Events events) {
        Admin admin = gateway.config().upkeep().admin();
        if (admin.listen() == null) {
            return List.of();
        }
        try {
            AdminServer server = AdminServer.open(gateway, endpoints, events);
            return List.of(
                    OPEN
                            + Greeting.address(admin.listen().host(), server.port())
                            + (admin.writes() ? "" : ", read only"));
        } catch (IllegalStateException e) {
            if (admin.written()) {
                throw e;
            }
            return List.of(
                    "warning: "
                            + e.getMessage()
                            + "; the gateway runs without it: write admin: off, or admin: {port:"
                            + " …}");
        }
    }
}
