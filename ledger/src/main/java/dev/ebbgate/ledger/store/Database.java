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

/// The address of a ledger.
///
/// @param file null where it is no file
/// @param url as JDBC has it
public record Database(
        @Nullable Path file, String url, @Nullable String user, @Nullable Secret password) {

    /// What an address of a server begins with.
    public static final String SERVER = "jdbc:postgresql:";

    /// A ledger in this file, which need not be there.
    public static Database file(Path file) {
        return new Database(file, "jdbc:sqlite:" + file.toAbsolutePath(), null, null);
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
        if (file != null) {
            makeFolder(file);
        }
        Connection connection = open(properties());
        try {
            vendor().greet(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
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
        Properties properties = properties();
        if (file != null) {
            properties.setProperty("open_mode", "1"); // SQLITE_OPEN_READONLY
            return open(properties);
        }
        Connection connection = open(properties);
        connection.setReadOnly(true);
        connection.setAutoCommit(false); // else a large answer is fetched as a whole
        return connection;
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

    private Connection open(Properties properties) throws SQLException {
        return DriverManager.getConnection(url, properties);
    }
}
