package dev.ebbgate.ledger.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// Empty stores of both kinds, for tests that hold for both. The PostgreSQL is a real one; it is
/// started once and ends with the process.
public enum Stores implements Supplier<Database> {
    SQLITE {
        @Override
        public Database get() {
            try {
                Path folder = Files.createTempDirectory("ebbgate-ledger");
                Path file = folder.resolve("sub/ledger.db");
                for (Path each :
                        List.of(
                                folder,
                                folder.resolve("sub"),
                                file,
                                file.resolveSibling("ledger.db-wal"),
                                file.resolveSibling("ledger.db-shm"))) {
                    each.toFile().deleteOnExit(); // the last one first
                }
                return Database.file(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    },
    POSTGRESQL {
        @Override
        public Database get() {
            String name = "ledger" + COUNT.incrementAndGet();
            String server = Running.SERVER.getJdbcUrl("postgres", "postgres");
            try (Connection connection = DriverManager.getConnection(server);
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + name);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            String url = Running.SERVER.getJdbcUrl("postgres", name).replaceFirst("\\?.*", "");
            return Database.server(url, "postgres", null);
        }
    };

    private static final AtomicInteger COUNT = new AtomicInteger();

    private static final class Running {
        static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
