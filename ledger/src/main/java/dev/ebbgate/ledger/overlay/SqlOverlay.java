package dev.ebbgate.ledger.overlay;

import dev.ebbgate.core.overlay.Overlay;
import dev.ebbgate.core.overlay.OverlayEntry;
import dev.ebbgate.core.overlay.OverlayKey;
import dev.ebbgate.core.overlay.OverlayKey.Section;
import dev.ebbgate.core.overlay.OverlayStore;
import dev.ebbgate.ledger.store.Database;
import dev.ebbgate.ledger.store.Schema;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// The overlay in the ledger's database, where all gateways that share it find it. Who writes
/// compares the revision in the statement that raises it, so that of two who change at once one is
/// told that it has lost.
///
/// The connection is kept, as the overlay is read every other second, and made anew after a
/// failure.
public final class SqlOverlay implements OverlayStore {

    /// What PostgreSQL answers where there is no such table.
    private static final String NO_TABLE = "42P01";

    // One statement, so that what it sees is of one moment.
    private static final String SELECT =
            """
            SELECT o.revision, e.section, e.name, e.key_path, e.value, e.at_ms
            FROM ebbgate_overlay o LEFT JOIN ebbgate_overlay_entry e ON o.id = 1
            ORDER BY e.position\
            """;
    private static final String RAISE =
            "UPDATE ebbgate_overlay SET revision = ? WHERE id = 1 AND revision = ?";
    private static final String INSERT =
            """
            INSERT INTO ebbgate_overlay_entry (position, section, name, key_path, value, at_ms)
            VALUES (?, ?, ?, ?, ?, ?)\
            """;

    private final Database database;
    private @Nullable Connection kept;

    public SqlOverlay(Database database) {
        this.database = database;
    }

    @Override
    public String place() {
        return database.name();
    }

    /// Makes no tables: who only looks at a configuration leaves the database as it is.
    @Override
    public Overlay read() throws Unavailable {
        try (Statement statement = connection().createStatement();
                ResultSet rows = statement.executeQuery(SELECT)) {
            return overlay(rows);
        } catch (SQLException e) {
            if (NO_TABLE.equals(e.getSQLState())) {
                return Overlay.EMPTY;
            }
            close();
            throw new Unavailable(place() + " cannot be read: " + e.getMessage());
        }
    }

    private static Overlay overlay(ResultSet rows) throws SQLException {
        long revision = 0;
        List<OverlayEntry> entries = new ArrayList<>();
        while (rows.next()) {
            revision = rows.getLong(1);
            String section = rows.getString(2);
            if (section != null) {
                entries.add(entry(section, rows));
            }
        }
        return new Overlay(revision, entries);
    }

    private static OverlayEntry entry(String section, ResultSet row) throws SQLException {
        OverlayKey key =
                new OverlayKey(Section.valueOf(section), row.getString(3), row.getString(4));
        return new OverlayEntry(key, row.getString(5), row.getLong(6));
    }

    @Override
    public boolean replace(Overlay next) throws Unavailable {
        try {
            Connection connection = connection();
            Schema.bring(database, connection);
            connection.setAutoCommit(false);
            boolean raised = raise(connection, next.revision());
            if (raised) {
                write(connection, next.entries());
            }
            connection.commit();
            connection.setAutoCommit(true);
            return raised;
        } catch (SQLException e) {
            close(); // and with it whatever was not committed
            throw new Unavailable(place() + " cannot be written: " + e.getMessage());
        }
    }

    /// Whether it was still the one before. Until the transaction ends nobody else can raise it.
    private static boolean raise(Connection connection, long revision) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(RAISE)) {
            update.setLong(1, revision);
            update.setLong(2, revision - 1);
            return update.executeUpdate() == 1;
        }
    }

    private static void write(Connection connection, List<OverlayEntry> entries)
            throws SQLException {
        try (Statement delete = connection.createStatement()) {
            delete.executeUpdate("DELETE FROM ebbgate_overlay_entry");
        }
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            int position = 0;
            for (OverlayEntry entry : entries) {
                OverlayKey key = entry.key();
                insert.setInt(1, position++);
                insert.setString(2, key.section().name());
                insert.setString(3, key.name());
                insert.setString(4, key.key());
                insert.setString(5, entry.value());
                insert.setLong(6, entry.atMillis());
                insert.executeUpdate();
            }
        }
    }

    private Connection connection() throws SQLException {
        Connection open = kept;
        if (open == null) {
            open = database.connect();
            kept = open;
        }
        return open;
    }

    @Override
    public void close() {
        Connection open = kept;
        kept = null;
        try {
            if (open != null) {
                open.close();
            }
        } catch (SQLException _) {
            // It is of no more use.
        }
    }
}
