package dev.ebbgate.ledger.store;

import dev.ebbgate.ledger.pace.Grain;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/// Removes what is older than it is to be kept, a bounded part at a time, so that recording does
/// not wait for it.
///
/// @param entriesMillis exchanges that ended before this moment
/// @param minutesMillis histograms of minutes before it; those of an hour go together, so that
///   whoever asks knows of each hour whether its minutes are there
/// @param hoursMillis histograms of hours before it
record Sweeping(long entriesMillis, long minutesMillis, long hoursMillis) {

    private static final int MOST_BLOCKS = 2_000;

    void sweep(Connection connection) throws SQLException {
        remove(
                connection,
                "DELETE FROM ebbgate_block WHERE id IN (SELECT id FROM ebbgate_block"
                        + " WHERE to_ms < ? ORDER BY to_ms LIMIT "
                        + MOST_BLOCKS
                        + ")",
                entriesMillis);
        cells(connection, Grain.MINUTE, Grain.HOUR.floor(minutesMillis));
        cells(connection, Grain.HOUR, hoursMillis - Grain.HOUR.millis());
        remove(connection, "DELETE FROM ebbgate_lost WHERE at_ms < ?", hoursMillis);
    }

    private static void cells(Connection connection, Grain grain, long before) throws SQLException {
        remove(
                connection,
                "DELETE FROM ebbgate_cell WHERE grain = " + grain.number() + " AND at_ms < ?",
                before);
    }

    private static void remove(Connection connection, String sql, long before) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setLong(1, before);
            delete.executeUpdate();
        }
    }
}
