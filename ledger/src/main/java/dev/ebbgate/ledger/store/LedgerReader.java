package dev.ebbgate.ledger.store;

import dev.ebbgate.core.ledger.ExchangeId;
import dev.ebbgate.ledger.pace.Grain;
import dev.ebbgate.ledger.pace.Place;
import dev.ebbgate.ledger.pack.Dictionary;
import dev.ebbgate.ledger.pack.Recorded;
import dev.ebbgate.ledger.pack.Unpacker;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Reads a ledger, while gateways write it or after. What it answers is what was committed when it
/// was asked. Confined to one thread.
public final class LedgerReader implements AutoCloseable {

    /// How far the clocks of arrival and of an id may lie apart.
    private static final long SLACK_MILLIS = 5_000;

    /// How many rows are fetched from a server at once.
    private static final int FETCH = 64;

    /// Half an hour of a gateway that is never idle.
    private static final int MOST_BLOCKS = 3_600;

    private final Connection connection;
    private final Dictionary words;

    private LedgerReader(Connection connection) throws SQLException {
        this.connection = connection;
        this.words = Words.toRead(connection);
    }

    /// Opens a ledger to read it.
    ///
    /// @throws LedgerMissing with a message for the operator where there is none
    public static LedgerReader open(Database database) throws SQLException {
        Connection connection = Opening.toRead(database);
        try {
            return new LedgerReader(connection);
        } catch (SQLException e) {
            connection.close();
            throw Opening.unreadable(database, e);
        }
    }

    /// Hands out the cells of one grain whose minute or hour begins in a range of time.
    ///
    /// @param isOfAttempts whether attempts are counted, else exchanges
    /// @param untilMillis not included
    public void cells(
            Grain grain,
            boolean isOfAttempts,
            long sinceMillis,
            long untilMillis,
            BiConsumer<Place, byte[]> sink)
            throws SQLException {
        String sql =
                "SELECT at_ms, route, target, key_name, body FROM ebbgate_cell WHERE grain = ?"
                        + " AND at_ms >= ? AND at_ms < ? AND target "
                        + (isOfAttempts ? "<> 0" : "= 0");
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setInt(1, grain.number());
            select.setLong(2, sinceMillis);
            select.setLong(3, untilMillis);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Place place =
                            new Place(
                                    grain,
                                    rows.getLong(1),
                                    word(rows.getInt(2)),
                                    word(rows.getInt(3)),
                                    word(rows.getInt(4)));
                    sink.accept(place, rows.getBytes(5));
                }
            }
        }
    }

    private @Nullable String word(int number) {
        return number == 0 ? null : words.word(number);
    }

    /// When the first minute that is still kept begins; [Long#MAX_VALUE] where none is.
    public long firstMinute() throws SQLException {
        try (PreparedStatement select =
                        connection.prepareStatement(
                                "SELECT min(at_ms) FROM ebbgate_cell WHERE grain = "
                                        + Grain.MINUTE.number());
                ResultSet row = select.executeQuery()) {
            row.next();
            long first = row.getLong(1);
            return row.wasNull() ? Long.MAX_VALUE : first;
        }
    }

    /// Hands out the exchanges that ended in a range of time, in about that order. Takes time with
    /// their number.
    ///
    /// @param untilMillis not included
    public void entries(long sinceMillis, long untilMillis, Consumer<Recorded> sink)
            throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(
                        "SELECT from_ms, body FROM ebbgate_block WHERE to_ms >= ? AND from_ms < ?"
                                + " ORDER BY to_ms")) {
            select.setLong(1, sinceMillis);
            select.setLong(2, untilMillis);
            each(
                    select,
                    entry -> {
                        long at = entry.endedMillis();
                        if (at >= sinceMillis && at < untilMillis) {
                            sink.accept(entry);
                        }
                        return true;
                    });
        }
    }

    /// The exchange of this name, if it is kept.
    public Optional<Recorded> find(String exchange) throws SQLException {
        long arrived = ExchangeId.millis(exchange);
        List<Recorded> found = new ArrayList<>(1);
        try (PreparedStatement select =
                connection.prepareStatement(
                        "SELECT from_ms, body FROM ebbgate_block WHERE to_ms >= ?"
                                + " AND arrived_ms <= ? ORDER BY to_ms")) {
            select.setLong(1, arrived - SLACK_MILLIS);
            select.setLong(2, arrived + SLACK_MILLIS);
            each(
                    select,
                    entry -> {
                        if (entry.exchange().equals(exchange)) {
                            found.add(entry);
                        }
                        return found.isEmpty();
                    });
        }
        return found.stream().findFirst();
    }

    /// Hands out exchanges that ended before a moment, from it backwards block by block, as long as
    /// more are wanted; not for ever.
    public void before(long untilMillis, Predicate<Recorded> goesOn) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(
                        "SELECT from_ms, body FROM ebbgate_block WHERE to_ms < ?"
                                + " ORDER BY to_ms DESC LIMIT "
                                + MOST_BLOCKS)) {
            select.setLong(1, untilMillis);
            each(select, goesOn);
        }
    }

    /// The last exchanges, the latest first.
    public List<Recorded> latest(int most) throws SQLException {
        Deque<Recorded> latest = new ArrayDeque<>();
        try (PreparedStatement select =
                connection.prepareStatement(
                        "SELECT from_ms, body FROM (SELECT * FROM ebbgate_block ORDER BY to_ms DESC"
                                + " LIMIT ?) AS last ORDER BY to_ms")) {
            select.setInt(1, most);
            each(
                    select,
                    entry -> {
                        latest.push(entry);
                        return true;
                    });
        }
        return latest.stream().limit(most).toList();
    }

    /// Hands out the exchanges of all blocks selected, as long as more are wanted.
    private void each(PreparedStatement select, Predicate<Recorded> goesOn) throws SQLException {
        select.setFetchSize(FETCH);
        try (ResultSet rows = select.executeQuery()) {
            boolean isWanted = true;
            while (isWanted && rows.next()) {
                Unpacker block = new Unpacker(words, rows.getBytes(2), rows.getLong(1));
                while (isWanted && block.hasNext()) {
                    isWanted = goesOn.test(block.next());
                }
            }
        }
    }

    /// How many exchanges could not be recorded, as far as that became known in a range of time.
    ///
    /// @param untilMillis not included
    public long lost(long sinceMillis, long untilMillis) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(
                        "SELECT sum(entries) FROM ebbgate_lost WHERE at_ms >= ? AND at_ms < ?")) {
            select.setLong(1, sinceMillis);
            select.setLong(2, untilMillis);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException _) {
            // It has been read.
        }
    }
}
