package dev.ebbgate.cli;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.upkeep.LedgerSettings;
import dev.ebbgate.ledger.store.Database;
import dev.ebbgate.ledger.store.LedgerReader;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;

/// Which ledger is asked: `--ledger`, else the one that the configuration names, else the usual
/// file in this folder. No gateway is needed for it.
final class LedgerOption {
    private static final String JDBC = "jdbc:";
    private static final String SQLITE = "jdbc:sqlite:";

    @Mixin private final ConfigOption config = new ConfigOption();

    @Option(
            names = "--ledger",
            paramLabel = "FILE|URL",
            description =
                    "The ledger: a file, or jdbc:postgresql://… Without it: what the"
                            + " configuration says, or .ebbgate/ledger.db.")
    private @Nullable String ledger;

    /// What is asked of an open ledger.
    interface Inquiry<T> {
        T of(LedgerReader reader) throws SQLException, CommandFailed;
    }

    /// Asks the ledger and closes it.
    <T> T ask(World world, Inquiry<T> inquiry) throws CommandFailed {
        try (LedgerReader reader = LedgerReader.open(database(world))) {
            return inquiry.of(reader);
        } catch (SQLException e) {
            throw new CommandFailed("ebbgate: " + e.getMessage());
        }
    }

    /// The configuration that belongs to the ledger; null where there is none, or it is not known
    /// whether it does.
    @Nullable Config configured(World world) throws CommandFailed {
        return ledger != null && !config.isNamed()
                ? null
                : config.loadIfWritten(world).map(ConfigOption.Chosen::config).orElse(null);
    }

    private Database database(World world) throws CommandFailed {
        if (ledger != null) {
            return named(ledger, world);
        }
        Optional<ConfigOption.Chosen> chosen = config.loadIfWritten(world);
        if (chosen.isEmpty()) {
            return Database.file(world.folder().resolve(LedgerSettings.PATH));
        }
        Database database = LedgerPlace.of(chosen.get(), world);
        if (database == null) {
            throw new CommandFailed(
                    "ebbgate: nothing is recorded: the configuration says ledger: off");
        }
        return database;
    }

    private static Database named(String name, World world) throws CommandFailed {
        if (name.startsWith(Database.SERVER)) {
            return Database.server(name, null, null);
        }
        String path = name.startsWith(SQLITE) ? name.substring(SQLITE.length()) : name;
        if (path.isBlank() || path.startsWith(JDBC)) {
            throw new CommandFailed(
                    "ebbgate: --ledger is neither a file nor jdbc:postgresql://host/name");
        }
        return Database.file(world.folder().resolve(Path.of(path)));
    }
}
