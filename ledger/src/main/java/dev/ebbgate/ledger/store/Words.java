package dev.ebbgate.ledger.store;

import dev.ebbgate.ledger.pack.Dictionary;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/// The numbered words of a store. Their number is bounded: what strangers make up beyond it is
/// written out. Confined to one thread.
final class Words implements Dictionary {

    /// The most words that get a number.
    static final int MOST = 10_000;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<Integer, String> words = new HashMap<>();
    private final Connection connection;
    private final boolean isLearning;

    private Words(Connection connection, boolean isLearning) throws SQLException {
        this.connection = connection;
        this.isLearning = isLearning;
        load();
    }

    /// All words, to be read with.
    static Words toRead(Connection connection) throws SQLException {
        return new Words(connection, false);
    }

    /// All words, and new ones as they come, within the transaction of this connection.
    static Words toWrite(Connection connection) throws SQLException {
        return new Words(connection, true);
    }

    private void load() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id, text FROM ebbgate_word")) {
            while (rows.next()) {
                know(rows.getString(2), rows.getInt(1));
            }
        }
    }

    private void know(String word, int number) {
        numbers.put(word, number);
        words.put(number, word);
    }

    /// @throws NotWritten if the store fails
    @Override
    public int number(String word) {
        Integer known = numbers.get(word);
        if (known != null) {
            return known;
        }
        return numbers.size() < MOST ? learn(word) : NONE;
    }

    private int learn(String word) {
        if (!isLearning) {
            return NONE;
        }
        try {
            int number = add(connection, word);
            know(word, number);
            return number;
        } catch (SQLException e) {
            throw new NotWritten(e);
        }
    }

    /// The number of a name in a histogram's place, which is bounded elsewhere; 0 for none.
    ///
    /// @throws NotWritten if the store fails
    int orZero(@Nullable String name) {
        if (name == null) {
            return 0;
        }
        Integer known = numbers.get(name);
        return known == null ? learn(name) : known;
    }

    /// A gateway may have written it since the others were read.
    @Override
    public @Nullable String word(int number) {
        String known = words.get(number);
        return known == null ? look(number) : known;
    }

    private @Nullable String look(int number) {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT text FROM ebbgate_word WHERE id = ?")) {
            select.setInt(1, number);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return null;
                }
                know(row.getString(1), number);
            }
        } catch (SQLException _) {
            return null; // whoever asked is reading as well, and learns of it there
        }
        return words.get(number);
    }

    private static int add(Connection connection, String word) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "INSERT INTO ebbgate_word (text) VALUES (?) ON CONFLICT DO NOTHING")) {
            insert.setString(1, word);
            insert.executeUpdate();
        }
        try (PreparedStatement select =
                connection.prepareStatement("SELECT id FROM ebbgate_word WHERE text = ?")) {
            select.setString(1, word);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    /// The store failed where it was not expected to.
    static final class NotWritten extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient SQLException cause;

        NotWritten(SQLException cause) {
            super(cause);
            this.cause = cause;
        }

        SQLException sql() {
            return cause;
        }
    }
}
