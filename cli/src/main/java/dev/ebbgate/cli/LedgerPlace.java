package dev.ebbgate.cli;

import dev.ebbgate.core.upkeep.LedgerSettings;
import dev.ebbgate.ledger.store.Database;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;

/// Where the ledger of a configuration is. A relative path begins in the configuration's folder.
final class LedgerPlace {
    private LedgerPlace() {}

    /// Null where nothing is recorded.
    static @Nullable Database of(ConfigOption.Chosen chosen, World world) {
        return switch (chosen.config().ledger().store()) {
            case LedgerSettings.Off _ -> null;
            case LedgerSettings.File file ->
                    Database.file(folder(chosen, world).resolve(file.path()));
            case LedgerSettings.Server server ->
                    Database.server(server.url(), server.user(), server.password());
        };
    }

    private static Path folder(ConfigOption.Chosen chosen, World world) {
        Path file = world.folder().resolve(chosen.source().name()).toAbsolutePath();
        Path folder = file.getParent();
        return folder == null ? world.folder() : folder;
    }
}
