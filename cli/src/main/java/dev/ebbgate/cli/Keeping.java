package dev.ebbgate.cli;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.event.Events;
import dev.ebbgate.core.ledger.Entry;
import dev.ebbgate.core.ledger.Ledger;
import dev.ebbgate.ledger.store.Database;
import dev.ebbgate.ledger.store.StoredLedger;

import org.jspecify.annotations.Nullable;

/// A ledger in memory, and beside it the one that is configured, if any.
///
/// @param database where it is kept
record Keeping(Ledger memory, @Nullable Database database, @Nullable StoredLedger store)
        implements Ledger, AutoCloseable {

    static Keeping of(@Nullable Database database, Config config, Ledger memory) {
        return new Keeping(
                memory,
                database,
                database == null ? null : new StoredLedger(database, config.ledger().retention()));
    }

    @Override
    public void record(Entry entry) {
        memory.record(entry);
        if (store != null) {
            store.record(entry);
        }
    }

    /// Tells these of what could not be kept.
    void tell(Events events) {
        if (store != null) {
            store.tell(events);
        }
    }

    /// Whether what is recorded can be looked at later, for all that is known.
    boolean isKept() {
        return store != null && !store.isFailing();
    }

    /// How many exchanges wait to be recorded.
    long backlog() {
        return store == null ? 0 : store.backlog();
    }

    @Override
    public void close() {
        if (store != null) {
            store.close();
        }
    }
}
