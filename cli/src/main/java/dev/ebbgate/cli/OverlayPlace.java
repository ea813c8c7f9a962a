package dev.ebbgate.cli;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.overlay.OverlayStore;
import dev.ebbgate.core.upkeep.LedgerSettings.Server;
import dev.ebbgate.ledger.overlay.SqlOverlay;
import dev.ebbgate.ledger.store.Database;

/// Where operators' changes are kept: beside the configuration, or, where gateways share a ledger,
/// with it.
final class OverlayPlace {
    private OverlayPlace() {}

    /// @param beside the one in the configuration's folder
    static OverlayStore of(Config config, OverlayStore beside) {
        return config.ledger().store() instanceof Server(var url, var user, var password)
                ? new SqlOverlay(Database.server(url, user, password))
                : beside;
    }

    /// What is said of changes that nobody looks at any more.
    static String leftBehind(OverlayStore beside, OverlayStore store) {
        return "warning: overlay: "
                + beside.place()
                + " is not in force: with this ledger, changes are kept in "
                + store.place();
    }
}
