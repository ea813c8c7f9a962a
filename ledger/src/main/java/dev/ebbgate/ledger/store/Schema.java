package dev.ebbgate.ledger.store;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;

/// The tables, brought up to date by Flyway, which costs a noticeable part of a start: it is asked
/// only where a look at its own table says that something is missing.
public final class Schema {

    /// The last migration among the resources.
    static final int LATEST = 3;

    static final String HISTORY = "ebbgate_schema";

    /// Of this purpose alone, among the locks of a PostgreSQL.
    private static final long LOCK = 0x65_62_62_67_61_74_65L;

    /// What SQLite has for a statement that does not fit the tables; a broken file has others.
    private static final int SQLITE_ERROR = 1;

    /// The same of PostgreSQL.
    private static final String UNDEFINED_TABLE = "42P01";

    private Schema() {}

    /// Makes the schema what this version expects.
    ///
    /// @param connection to the same database
    /// @throws SQLException also where a later version of Ebbgate has changed it
    public static void bring(Database database, Connection connection) throws SQLException {
        int version = version(connection);
        if (version > LATEST) {
            throw new SQLException(later(version));
        }
        if (version < LATEST && database.vendor() == Vendor.POSTGRESQL) {
            migrateAlone(database, connection);
        } else if (version < LATEST) {
            migrate(database);
        }
    }

    /// The library does not expect another process to make its table at the same moment, as several
    /// gateways do that start together.
    private static void migrateAlone(Database database, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + LOCK + ")");
            try {
                if (version(connection) < LATEST) {
                    migrate(database);
                }
            } finally {
                statement.execute("SELECT pg_advisory_unlock(" + LOCK + ")");
            }
        }
    }

    /// Why a schema of this version is not touched.
    static String later(int version) {
        return "a later version of Ebbgate has written this ledger (schema "
                + version
                + ", this one knows "
                + LATEST
                + ")";
    }

    /// The version of the schema; 0 where there is none.
    ///
    /// @throws SQLException where the database cannot be read at all
    static int version(Connection connection) throws SQLException {
        Set<Integer> versions = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT version, success FROM " + HISTORY)) {
            while (rows.next()) {
                String version = rows.getString(1);
                if (version != null && rows.getBoolean(2)) {
                    versions.add(Integer.valueOf(version));
                }
            }
        } catch (SQLException e) {
            if (isNoSuchTable(e)) {
                return 0;
            }
            throw e;
        }
        return versions.stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    private static boolean isNoSuchTable(SQLException e) {
        return e.getErrorCode() == SQLITE_ERROR || UNDEFINED_TABLE.equals(e.getSQLState());
    }

    private static void migrate(Database database) throws SQLException {
        try {
            Flyway.configure(Schema.class.getClassLoader())
                    .loggers("slf4j")
                    .dataSource(new Source(database))
                    .locations("classpath:dev/ebbgate/ledger/schema")
                    .table(HISTORY)
                    .placeholders(database.vendor().words())
                    .baselineOnMigrate(true) // the database may hold tables of others
                    .baselineVersion("0")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new SQLException("the schema cannot be made: " + e.getMessage(), e);
        }
    }
}
