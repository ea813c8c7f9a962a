package dev.ebbgate.cli;

import dev.ebbgate.core.ledger.Entry;
import dev.ebbgate.core.ledger.Ledger;
import dev.ebbgate.core.upkeep.LedgerSettings;
import dev.ebbgate.ledger.store.Database;
import dev.ebbgate.ledger.store.StoredLedger;

import org.jspecify.annotations.Nullable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The ledger of the tour, in the usual file of this folder, so that it can be looked at
/// afterwards. Remembers which exchange is worth it.
final class Keepsake implements Ledger, AutoCloseable {

    private final Database database;
    private final StoredLedger store;
    private final String elsewhere;
    private volatile @Nullable String failedOver;

    private Keepsake(Database database, String elsewhere) {
        this.database = database;
        this.store = new StoredLedger(database, LedgerSettings.Retention.DEFAULT);
        this.elsewhere = elsewhere;
    }

    static Keepsake in(Path folder) {
        boolean isConfigured = Files.exists(folder.resolve(ConfigOption.FILE));
        return new Keepsake(
                Database.file(folder.resolve(LedgerSettings.PATH)),
                isConfigured ? " --ledger " + LedgerSettings.PATH : "");
    }

    @Override
    public void record(Entry entry) {
        store.record(entry);
        if (failedOver == null && entry.failedOver()) {
            failedOver = entry.exchange();
        }
    }

    /// How to look at what was recorded.
    List<String> lines() {
        String exchange = failedOver;
        List<String> lines = new ArrayList<>();
        if (store.isFailing()) {
            lines.add("The ledger could not be written: " + database.name());
        } else if (exchange != null) {
            lines.add("");
            lines.add("All of it is in the ledger. How near it came to a consumer that gives up");
            lines.add("after 10 s, and how the exchange went that failed over:");
            lines.add("");
            lines.add("  ./ebbgate audit --cliff 10s" + elsewhere);
            lines.add("  ./ebbgate audit show " + exchange + elsewhere);
        }
        return lines;
    }

    @Override
    public void close() {
        store.close();
    }
}
