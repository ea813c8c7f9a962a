package dev.ebbgate.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebbgate.core.upkeep.LedgerSettings.Retention;
import dev.ebbgate.ledger.Made;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/// A ledger is read also where nothing can be written beside it.
///
/// For root there is no folder that may not be written to, so a dangling link stands where SQLite
/// would make its index of the log: it follows none, and is refused as on a read-only mount.
class OpeningTest {

    @TempDir private Path folder = Path.of("");
    private Path file = Path.of("");
    private Database database = Database.file(file);

    @BeforeEach
    void name() {
        file = folder.resolve("of ours #1, 100%41, größer.db");
        database = Database.file(file);
    }

    private Path beside(String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }

    private void refuseIndex() throws IOException {
        Files.deleteIfExists(beside("-shm"));
        Files.createSymbolicLink(beside("-shm"), folder.resolve("nowhere"));
    }

    private void record(int exchanges) {
        try (StoredLedger ledger = new StoredLedger(database, Retention.DEFAULT)) {
            for (int i = 0; i < exchanges; i++) {
                ledger.record(Made.good(Made.NOON + i, "a/m", 100));
            }
        }
    }

    private void readAsUsual() throws SQLException {
        try (Connection connection = database.connectToRead()) {
            Schema.version(connection);
        }
    }

    @Test
    void gatewayThatEndedInGoodOrder_leavesOneFileThatIsReadAlone() throws Exception {
        record(3);
        assertThat(beside("-wal")).doesNotExist();
        refuseIndex();

        assertThatThrownBy(this::readAsUsual).isInstanceOf(SQLException.class);
        try (LedgerReader reader = LedgerReader.open(database)) {
            assertThat(reader.latest(10)).hasSize(3);
        }
    }

    @Test
    void logWithNothingInIt_isNoObstacle() throws Exception {
        record(3);
        Files.createFile(beside("-wal"));
        refuseIndex();

        try (LedgerReader reader = LedgerReader.open(database)) {
            assertThat(reader.latest(10)).hasSize(3);
        }
    }

    @Test
    void logThatHoldsWhatWasWrittenLast_isNotLeftOutButSaid() throws Exception {
        Database running = Database.file(folder.resolve("running.db"));
        try (Storage _ = Storage.open(running, Made.NOON)) {
            Files.copy(folder.resolve("running.db"), file);
            Files.copy(folder.resolve("running.db-wal"), beside("-wal"));
        }
        refuseIndex();

        assertThatThrownBy(() -> LedgerReader.open(database))
                .isInstanceOf(LedgerMissing.class)
                .hasMessageContaining(file + ": what was written last is still in ")
                .hasMessageContaining(beside("-wal").getFileName() + " beside it")
                .hasMessageContaining("copy both into a folder of yours");
    }

    @Test
    void laterVersion_isToldHereToo() throws Exception {
        record(1);
        try (Connection connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute("UPDATE " + Schema.HISTORY + " SET version = '99'");
        }
        refuseIndex();

        assertThatThrownBy(() -> LedgerReader.open(database))
                .isInstanceOf(LedgerMissing.class)
                .hasMessageContaining("a later version of Ebbgate");
    }
}
