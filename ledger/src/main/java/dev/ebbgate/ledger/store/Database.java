package dev.ebbgate.ledger.store;

import dev.ebbgate.core.setting.Secret;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;

/// The address of a ledger.
///
/// @param file null where it is no file
/// @param url as JDBC has it
public record Database(
        @Nullable Path file, String url, @Nullable String user, @Nullable Secret password) {

    /// What an address of a server begins with.
    public static final String SERVER = "jdbc:postgresql:";

    private static final String SQLITE = "jdbc:sqlite:";

    // As SQLite has them.
    private static final int OPEN_READONLY = 0x1;
    private static final int OPEN_URI = 0x40;
    private static final int BUSY = 5;
    private static final int PRIMARY = 0xff; // of an error's code, the rest tells more of it

    private static final int GREETINGS = 50;
    private static final long PAUSE_NANOS = 20_000_000;

    /// A ledger in this file, which need not be there.
    public static Database file(Path file) {
        return new Database(file, SQLITE + file.toAbsolutePath(), null, null);
    }

    /// A ledger in a PostgreSQL database.
    public static Database server(String url, @Nullable String user, @Nullable Secret password) {
        return new Database(null, url, user, password);
    }

    public Vendor vendor() {
        return file == null ? Vendor.POSTGRESQL : Vendor.SQLITE;
    }

    /// Its name in messages: without what an address may hold of secrets.
    public String name() {
        if (file != null) {
            return file.toString();
        }
        int query = url.indexOf('?');
        String plain = query < 0 ? url : url.substring(0, query);
        return plain.replaceFirst("//[^/@]*@", "//");
    }

    /// A connection to write; the file and its folder are made where they are missing. The caller
    /// closes it.
    public Connection connect() throws SQLException {
        return connect(properties());
    }

    /// The same, for transactions that read before they write. SQLite refuses such a one at once
    /// where another has written in between, as gateways that start together do; so it takes its
    /// turn as it begins. With this driver the next one begins as the last one ends: who keeps such
    /// a connection, keeps all others from writing.
    Connection connectToMigrate() throws SQLException {
        Properties properties = properties();
        if (file != null) {
            properties.setProperty("transaction_mode", "IMMEDIATE");
        }
        return connect(properties);
    }

    private Connection connect(Properties properties) throws SQLException {
        if (file != null) {
            makeFolder(file);
        }
        Connection connection = open(url, properties);
        try {
            greet(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    /// A new file is made one with a log by whoever comes first; the others are refused at once
    /// meanwhile, however long they would wait for a lock.
    private void greet(Connection connection) throws SQLException {
        for (int tries = 1; ; tries++) {
            try {
                vendor().greet(connection);
                return;
            } catch (SQLException e) {
                if (tries == GREETINGS || !isBusy(e)) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private static boolean isBusy(SQLException e) {
        return (e.getErrorCode() & PRIMARY) == BUSY;
    }

    private static void makeFolder(Path file) throws SQLException {
        Path folder = file.toAbsolutePath().getParent();
        try {
            if (folder != null) {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw new SQLException("the folder cannot be made: " + folder, e);
        }
    }

    /// A connection that reads. The caller closes it.
    Connection connectToRead() throws SQLException {
        if (file != null) {
            return open(url, reading(OPEN_READONLY));
        }
        Connection connection = open(url, properties());
        connection.setReadOnly(true);
        connection.setAutoCommit(false); // else a large answer is fetched as a whole
        return connection;
    }

    /// A connection that reads a file as one that does not change: without its log, without locks,
    /// and without a file beside it. The caller closes it.
    Connection connectToReadUnchanging() throws SQLException {
        if (file == null) {
            throw new SQLException("that is no file: " + name());
        }
        String path = file.toAbsolutePath().toUri().getRawPath();
        return open(SQLITE + "file:" + path + "?immutable=1", reading(OPEN_READONLY | OPEN_URI));
    }

    private Properties reading(int mode) {
        Properties properties = properties();
        properties.setProperty("open_mode", Integer.toString(mode));
        return properties;
    }

    private Properties properties() {
        Properties properties = new Properties();
        vendor().properties().forEach(properties::setProperty);
        if (user != null) {
            properties.setProperty("user", user);
        }
        if (password != null) {
            properties.setProperty("password", password.reveal());
        }
        return properties;
    }

    private static Connection open(String url, Properties properties) throws SQLException {
        return DriverManager.getConnection(url, properties);
    }
}
