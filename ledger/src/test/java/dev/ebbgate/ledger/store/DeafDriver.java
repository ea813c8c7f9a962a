package dev.ebbgate.ledger.store;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Logger;

/// SQLite over a connection that now and then dies before it tells of a commit that was made.
final class DeafDriver implements Driver, AutoCloseable {

    /// What the addresses of its databases begin with, followed by the path of a file.
    static final String PREFIX = "jdbc:deaf:";

    private final AtomicBoolean losesNext = new AtomicBoolean();

    DeafDriver() throws SQLException {
        DriverManager.registerDriver(this);
    }

    void loseNextCommit() {
        losesNext.set(true);
    }

    @Override
    public @Nullable Connection connect(String url, Properties properties) throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        Connection real =
                DriverManager.getConnection(
                        "jdbc:sqlite:" + url.substring(PREFIX.length()), properties);
        return (Connection)
                Proxy.newProxyInstance(
                        DeafDriver.class.getClassLoader(),
                        new Class<?>[] {Connection.class},
                        (_, method, arguments) -> call(real, method, arguments));
    }

    private @Nullable Object call(Connection real, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            Object result = method.invoke(real, arguments);
            if (method.getName().equals("commit") && losesNext.compareAndSet(true, false)) {
                throw new SQLException("the connection is gone");
            }
            return result;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Override
    public boolean acceptsURL(String url) {
        return url.startsWith(PREFIX);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) {
        return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
        return 1;
    }

    @Override
    public int getMinorVersion() {
        return 0;
    }

    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }

    @Override
    public void close() throws SQLException {
        DriverManager.deregisterDriver(this);
    }
}
