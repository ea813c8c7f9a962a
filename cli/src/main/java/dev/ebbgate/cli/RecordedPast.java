package dev.ebbgate.cli;

import dev.ebbgate.gateway.events.Past;
import dev.ebbgate.ledger.store.Database;
import dev.ebbgate.ledger.store.LedgerReader;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.SQLException;

/// The calls that the ledger has. It does not have the deadlines that clients sent.
///
/// @param database null where nothing is recorded
record RecordedPast(@Nullable Database database) implements Past {

    private static final Logger LOG = LoggerFactory.getLogger(RecordedPast.class);

    @Override
    public void tell(long sinceMillis, long untilMillis, Listener listener) {
        if (database == null) {
            return;
        }
        try (LedgerReader reader = LedgerReader.open(database)) {
            reader.entries(
                    sinceMillis,
                    untilMillis,
                    entry ->
                            listener.call(
                                    entry.asked().route(),
                                    entry.totalNanos(),
                                    null,
                                    entry.endedMillis()));
        } catch (SQLException e) {
            LOG.debug("the last hour is not known", e); // at the first start there is none
        }
    }
}
