package dev.ebbgate.ledger.store;

import dev.ebbgate.ledger.pace.Cells;
import dev.ebbgate.ledger.pace.Place;
import dev.ebbgate.ledger.pack.Packed;
import dev.ebbgate.ledger.pack.Packer;
import dev.ebbgate.ledger.pack.Recorded;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// An open store, written in batches, each of them one transaction: either all of it is there, the
/// exchanges and the histograms, or nothing. After a failure it is to be closed and opened anew.
/// Confined to one thread.
final class Storage implements AutoCloseable {

    /// The most exchanges of one block: as much as has to be read for one of them.
    static final int BLOCK = 512;

    private static final long UNKNOWN = -1;

    private static final String INSERT_BLOCK =
            """
            INSERT INTO ebbgate_block (writer, from_ms, to_ms, arrived_ms, entries, body)
            VALUES (?, ?, ?, ?, ?, ?)\
            """;
    private static final String UPSERT_CELL =
            """
            INSERT INTO ebbgate_cell (grain, at_ms, writer, part, route, target, key_name, body)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (grain, at_ms, writer, part, route, target, key_name)
            DO UPDATE SET body = excluded.body\
            """;
    private static final String UPDATE_WRITER = "UPDATE ebbgate_writer SET batch = ? WHERE id = ?";
    private static final String INSERT_LOST =
            "INSERT INTO ebbgate_lost (writer, at_ms, entries) VALUES (?, ?, ?)";

    private final Connection connection;
    private final Words words;
    private final Writer writer;
    private final Packed block = new Packed(64 * 1024);
    private long lastBatch;

    /// Who writes, in the life of one process: what it counts belongs to it, and is replaced by
    /// what it has counted since.
    ///
    /// @param beganMillis tells it from another writer in another store
    record Writer(long id, long beganMillis) {}

    private Storage(Connection connection, Writer writer, long lastBatch) throws SQLException {
        this.connection = connection;
        this.words = Words.toWrite(connection);
        this.writer = writer;
        this.lastBatch = lastBatch;
    }

    /// Opens the store for a new writer, making its tables where they are missing.
    ///
    /// @param nowMillis in milliseconds since 1970 UTC
    static Storage open(Database database, long nowMillis) throws SQLException {
        return open(database, null, nowMillis);
    }

    /// Opens it again after a failure.
    ///
    /// @param before who wrote, or null
    static Storage open(Database database, @Nullable Writer before, long nowMillis)
            throws SQLException {
        Connection connection = database.connect();
        try {
            Schema.bring(database, connection);
            connection.setAutoCommit(false);
            Writer writer = before;
            long last = writer == null ? UNKNOWN : lastBatch(connection, writer);
            if (writer == null || last == UNKNOWN) {
                writer = begin(connection, nowMillis);
                last = 0;
            }
            Storage storage = new Storage(connection, writer, last);
            connection.commit();
            return storage;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /// The number of the last batch of this writer, or [#UNKNOWN] where this is another store.
    private static long lastBatch(Connection connection, Writer writer) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(
                        "SELECT batch FROM ebbgate_writer WHERE id = ? AND began_ms = ?")) {
            select.setLong(1, writer.id());
            select.setLong(2, writer.beganMillis());
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? rows.getLong(1) : UNKNOWN;
            }
        }
    }

    private static Writer begin(Connection connection, long nowMillis) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "INSERT INTO ebbgate_writer (began_ms) VALUES (?)",
                        Statement.RETURN_GENERATED_KEYS)) {
            insert.setLong(1, nowMillis);
            insert.executeUpdate();
            try (ResultSet keys = insert.getGeneratedKeys()) {
                keys.next();
                return new Writer(keys.getLong(1), nowMillis);
            }
        }
    }

    /// Whether a batch of this number is there. A connection that dies while a commit is under way
    /// does not tell what became of it.
    boolean holds(long number) {
        return lastBatch >= number;
    }

    /// Writes a batch.
    ///
    /// @param number more than that of the batch before, from 1 on
    /// @param cells in which the batch is counted
    /// @param lost how many could not be recorded since the last batch
    /// @param nowMillis in milliseconds since 1970 UTC
    void write(long number, List<Recorded> batch, Cells cells, long lost, long nowMillis)
            throws SQLException {
        try {
            blocks(batch);
            cells(cells);
            if (lost > 0) {
                lost(lost, nowMillis);
            }
            number(number);
            connection.commit();
            lastBatch = number;
        } catch (Words.NotWritten e) {
            throw e.sql();
        }
    }

    private void blocks(List<Recorded> batch) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT_BLOCK)) {
            for (int from = 0; from < batch.size(); from += BLOCK) {
                block(insert, batch.subList(from, Math.min(batch.size(), from + BLOCK)));
            }
        }
    }

    private void block(PreparedStatement insert, List<Recorded> entries) throws SQLException {
        long from = entries.getFirst().endedMillis();
        long to = from;
        long arrived = Long.MAX_VALUE;
        for (Recorded entry : entries) {
            from = Math.min(from, entry.endedMillis());
            to = Math.max(to, entry.endedMillis());
            arrived = Math.min(arrived, entry.arrivedMillis());
        }
        Packer packer = new Packer(words, block.clear());
        for (Recorded entry : entries) {
            packer.write(entry, from);
        }
        insert.setLong(1, writer.id());
        insert.setLong(2, from);
        insert.setLong(3, to);
        insert.setLong(4, arrived);
        insert.setInt(5, entries.size());
        insert.setBytes(6, block.toBytes());
        insert.executeUpdate();
    }

    private void cells(Cells cells) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement(UPSERT_CELL)) {
            cells.changed((place, part, body) -> cell(upsert, place, part, body));
        }
    }

    private void cell(PreparedStatement upsert, Place place, int part, byte[] body)
            throws SQLException {
        upsert.setInt(1, place.grain().number());
        upsert.setLong(2, place.atMillis());
        upsert.setLong(3, writer.id());
        upsert.setInt(4, part);
        upsert.setInt(5, words.orZero(place.route()));
        upsert.setInt(6, words.orZero(place.target()));
        upsert.setInt(7, words.orZero(place.key()));
        upsert.setBytes(8, body);
        upsert.executeUpdate();
    }

    private void lost(long lost, long nowMillis) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT_LOST)) {
            insert.setLong(1, writer.id());
            insert.setLong(2, nowMillis);
            insert.setLong(3, lost);
            insert.executeUpdate();
        }
    }

    private void number(long number) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(UPDATE_WRITER)) {
            update.setLong(1, number);
            update.setLong(2, writer.id());
            update.executeUpdate();
        }
    }

    /// Who writes, to be named when it is opened again.
    Writer writer() {
        return writer;
    }

    /// For tests that make it fail.
    Connection connection() {
        return connection;
    }

    /// Removes what is older than it is to be kept.
    void sweep(Sweeping sweeping) throws SQLException {
        sweeping.sweep(connection);
        connection.commit();
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException _) {
            // Whatever was committed is there; the rest is told where it failed.
        }
    }
}
