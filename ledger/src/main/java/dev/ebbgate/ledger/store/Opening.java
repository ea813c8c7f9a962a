package dev.ebbgate.ledger.store;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Set;

/// Opens a ledger to read it.
///
/// SQLite reads a file with a write-ahead log by means of two files beside it: the log and the
/// index of the log. A gateway that ends in good order leaves neither, and who may not write beside
/// the file cannot make them. Then there is nothing in them to be read, and the file is read as one
/// that does not change. A gateway that begins to write at that moment writes into its log first.
final class Opening {

    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    /// `SQLITE_READONLY` and `SQLITE_CANTOPEN`: what is said of a file beside which nothing can be
    /// written, and of others.
    private static final Set<Integer> NOTHING_BESIDE = Set.of(8, 14);

    private Opening() {}

    /// A connection to a ledger that this version knows. The caller closes it.
    ///
    /// @throws LedgerMissing with a message for the operator where there is none
    static Connection toRead(Database database) throws LedgerMissing {
        Path file = database.file();
        if (file != null && !Files.exists(file)) {
            throw new LedgerMissing("there is no ledger yet: " + database.name());
        }
        if (file != null && !isStore(file)) {
            throw new LedgerMissing("that is no ledger, and no SQLite file: " + database.name());
        }
        try {
            return known(database, database.connectToRead());
        } catch (LedgerMissing e) {
            throw e;
        } catch (SQLException e) {
            if (file == null || !NOTHING_BESIDE.contains(e.getErrorCode())) {
                throw unreadable(database, e);
            }
            return withNothingBeside(database, file, e);
        }
    }

    private static Connection withNothingBeside(Database database, Path file, SQLException why)
            throws LedgerMissing {
        Path log = file.resolveSibling(file.getFileName() + "-wal");
        if (hasContent(log)) {
            throw new LedgerMissing(
                    "the ledger cannot be read: "
                            + database.name()
                            + ": what was written last is still in "
                            + log.getFileName()
                            + " beside it, and that is read only where it may be written: copy"
                            + " both into a folder of yours, and name the copy with --ledger",
                    why);
        }
        try {
            return known(database, database.connectToReadUnchanging());
        } catch (LedgerMissing e) {
            throw e;
        } catch (SQLException e) {
            throw unreadable(database, e);
        }
    }

    /// Whether it begins as SQLite's files do, or is still empty.
    private static boolean isStore(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(MAGIC.length);
            return head.length == 0 || Arrays.equals(head, MAGIC);
        } catch (IOException _) {
            return Files.isRegularFile(file); // opening it will tell why it cannot be read
        }
    }

    private static boolean hasContent(Path file) {
        try {
            return Files.size(file) > 0;
        } catch (IOException _) {
            return Files.exists(file);
        }
    }

    /// Says that, and why.
    static LedgerMissing unreadable(Database database, SQLException why) {
        return new LedgerMissing(
                "the ledger cannot be read: " + database.name() + ": " + why.getMessage(), why);
    }

    private static Connection known(Database database, Connection connection) throws SQLException {
        try {
            String obstacle = obstacle(Schema.version(connection));
            if (obstacle != null) {
                throw new LedgerMissing(obstacle + ": " + database.name());
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static @Nullable String obstacle(int version) {
        if (version == 0) {
            return "there is no ledger in it yet";
        }
        return version > Schema.LATEST ? Schema.later(version) : null;
    }
}
